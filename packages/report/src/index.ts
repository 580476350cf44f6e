/**
 * @radiograft/report: a run as one self-contained page, from what its manifests and artefacts say. It lays out and never
 * computes.
 *
 * ```ts
 * import { writeFileSync } from 'node:fs'
 * import { renderReport, type ReportInput } from '@radiograft/report'
 *
 * declare const input: ReportInput
 * writeFileSync('index.html', renderReport(input))
 * ```
 */
export { renderReport } from './renderReport.ts'
export type { ReportInput, ReportStage } from './ReportInput.ts'
