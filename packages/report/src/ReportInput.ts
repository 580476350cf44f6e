// What the report is made from: the command line program gathers it, `renderReport` lays it out. Everything in it follows
// from manifests and artefacts, so that the page of a run comes back equal byte for byte: no time of this run, no run id,
// no path.
import type { CaseRow, Figure, MarkRow, MetricRow, PictureRow, Table } from '@radiograft/pipeline'

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
    readonly row: string
    readonly doc: string
  }>
  /** by port: labels of the nodes read from; `dataset:<name>` for a dataset */
  readonly inputs: Readonly<Record<string, ReadonlyArray<string>>>
  readonly outputs: Readonly<
    Record<string, { readonly kind: string; readonly rows: number; readonly bytes: number; readonly digest: string }>
  >
}

export interface ReportInput {
  readonly title: string
  readonly doc: string
  readonly preset: string
  readonly seed: number
  readonly figures: ReadonlyArray<{ readonly name: string; readonly figure: Figure }>
  readonly metrics: ReadonlyArray<MetricRow>
  readonly tables: ReadonlyArray<{ readonly name: string; readonly table: Table }>
  /** the viewer's: films as pictures, boxes over them, and what became of each; empty where a pipeline answers none */
  readonly pictures: ReadonlyArray<PictureRow>
  readonly marks: ReadonlyArray<MarkRow>
  readonly cases: ReadonlyArray<CaseRow>
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
