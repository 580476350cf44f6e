// What the report is made from: the command line program gathers it, `renderReport` lays it out. Everything in it follows
// from manifests and artefacts, so that the page of a run comes back equal byte for byte: no time of this run, no run id,
// no path.
import type { CaseRow, Figure, MarkRow, MetricRow, PictureRow, Table } from '@radiograft/pipeline'
import type { ReportCohort } from './ReportCohort.ts'
import type { ReportModel } from './ReportModel.ts'

export interface ReportStage {
  readonly label: string
  readonly stage: string
  readonly doc: string
  /** row ids of the acceptance list */
  readonly rows: ReadonlyArray<string>
  readonly key: string
  /** wall time of its computation, whenever that was */
  readonly seconds: number
  readonly params: ReadonlyArray<{
    readonly name: string
    readonly value: unknown
    /** who set it: `default`, `pipeline` or `--set` */
    readonly set: string
    /** where the default comes from: `paper`, `authors-code`, `ours` */
    readonly source: string
    /** whether the value is the default, whoever set it */
    readonly isDefault: boolean
    readonly row: string
    readonly doc: string
  }>
  /** by port: labels of the nodes read from; `dataset:<name>` for a dataset */
  readonly inputs: Readonly<Record<string, ReadonlyArray<string>>>
  readonly outputs: Readonly<
    Record<string, { readonly kind: string; readonly rows: number; readonly bytes: number; readonly digest: string }>
  >
}

/** A picture with its place on the page, and the arms whose metrics say in numbers what it shows. */
export interface ReportFigure {
  readonly name: string
  readonly figure: Figure
  readonly arms: ReadonlyArray<string>
  /** names of the metrics that it draws; left out where it is not known that it draws only some */
  readonly metrics?: ReadonlyArray<string>
}

export interface ReportInput {
  readonly title: string
  readonly doc: string
  readonly preset: string
  readonly seed: number
  /** the command that makes this run again; no path in it */
  readonly command: string
  readonly figures: ReadonlyArray<ReportFigure>
  readonly metrics: ReadonlyArray<MetricRow>
  /** the few metrics that the opening names */
  readonly mainMetrics: ReadonlyArray<MetricRow>
  readonly tables: ReadonlyArray<{ readonly name: string; readonly table: Table }>
  /** the viewer's: films as pictures, boxes over them, and what became of each; empty where a pipeline answers none */
  readonly pictures: ReadonlyArray<PictureRow>
  readonly marks: ReadonlyArray<MarkRow>
  readonly cases: ReadonlyArray<CaseRow>
  readonly models: ReadonlyArray<ReportModel>
  readonly cohorts: ReadonlyArray<ReportCohort>
  readonly stages: ReadonlyArray<ReportStage>
  readonly params: ReadonlyArray<{
    readonly name: string
    readonly value: string | number | boolean
    readonly source: string
    readonly doc: string
  }>
  readonly axes: Readonly<Record<string, ReadonlyArray<string | number | boolean>>>
  readonly datasets: ReadonlyArray<{ readonly name: string; readonly layout: string; readonly digest: string }>
  readonly attribution: ReadonlyArray<string>
  readonly notBuilt: ReadonlyArray<{ readonly row: string; readonly what: string }>
}
