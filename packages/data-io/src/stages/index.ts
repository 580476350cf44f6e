// Stages of @radiograft/data-io, and the check of a dataset before planning.
export { checkDataset } from './checkDataset.ts'
export type { DatasetFacts } from './checkDataset.ts'
export { readRsna } from './readRsna.ts'
export { renderPhantom } from './renderPhantom.ts'
export { split } from './split.ts'
