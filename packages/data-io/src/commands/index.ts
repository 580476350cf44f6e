// What the command line calls of this package before a run: checks that end it at once and not after an hour.
export { checkDataset } from '../stages/checkDataset.ts'
export type { DatasetFacts } from '../stages/checkDataset.ts'
export { checkSplits } from '../stages/checkSplits.ts'
