// What the command line calls of this package.
export { checkExtractor } from './checkExtractor.ts'
export { measureFolders } from './measureFolders.ts'
export type { ExtractorChoice, MeasuredFolder, MeasuredFolders, MeasureFoldersOptions } from './measureFolders.ts'
