// What the command line calls of this package.
export { measureFolders } from './measureFolders.ts'
export type { ExtractorChoice, MeasuredFolder, MeasuredFolders, MeasureFoldersOptions } from './measureFolders.ts'
