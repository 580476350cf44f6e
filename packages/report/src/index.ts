/**
 * @radiograft/report: a run as one self-contained page, from what its manifests and artefacts say. It lays out and never
 * computes.
 *
 * ```ts
 * import { writeFileSync } from 'node:fs'
 * import { renderReport, type ReportInput } from '@radiograft/report'
 *
 * declare const input: ReportInput
 * writeFileSync('index.html', renderReport(input).html)
 * ```
 */
export { renderReport } from './renderReport.ts'
export type { Report } from './renderReport.ts'
export type { ReportInput, ReportStage } from './ReportInput.ts'
export type { Tile } from './viewer/Tile.ts'
export { rowIds } from './text/rowIds.ts'
export { verdictsOf } from './exhibits/verdictsOf.ts'
