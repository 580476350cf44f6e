// What the command line calls of this package: checks that end a run at once and not after an hour, what there is in a
// folder of films, phantom films as a folder, and a synthetic film of two.
export { checkDataset } from '../stages/checkDataset.ts'
export type { DatasetFacts } from '../stages/checkDataset.ts'
export { checkSplits } from '../stages/checkSplits.ts'
export { describeLayouts, detectLayout } from '../folder/detectLayout.ts'
export { describeData } from './describeData.ts'
export type { DescribeDataOptions, DescribedData } from './describeData.ts'
export { writePhantom } from './writePhantom.ts'
export type { WritePhantomOptions, WrittenFolder } from './writePhantom.ts'
export { prepareGraft, writeGraft } from './graftFilms.ts'
export type { GraftRequest, PreparedGraft, WriteGraftOptions, WrittenGraft } from './graftFilms.ts'
