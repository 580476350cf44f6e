// What a line of a run's journal asks of the tracking server. Made by `operationsOf`, carried out by `deliver`.
import type { DatasetInput, MetricPoint, RunStatus } from '../Run.ts'

/** The label of a stage, or `pipeline` for the run that the stages are shown under. */
export type RunLabel = string
/** Not a possible label: those begin with a node's id. */
export const pipeline: RunLabel = ''

export type Operation =
  /** makes a run, or opens it again */
  | {
      readonly _tag: 'begin'
      readonly label: RunLabel
      readonly name: string
      readonly at: number
      readonly tags: Readonly<Record<string, string>>
      readonly params: Readonly<Record<string, string>>
      readonly datasets: ReadonlyArray<DatasetInput>
      /** of a stage that an earlier run began: its own run is taken over, below this one */
      readonly continues?: { readonly run: string; readonly label: string }
    }
  /** it goes on after this step: what an earlier run sent of later ones is there */
  | { readonly _tag: 'resumed'; readonly label: RunLabel; readonly step: number }
  | { readonly _tag: 'point'; readonly label: RunLabel; readonly point: MetricPoint }
  | { readonly _tag: 'tags'; readonly label: RunLabel; readonly tags: Readonly<Record<string, string>> }
  /** an error's message: sent only where it is known whom it must not name */
  | { readonly _tag: 'error'; readonly label: RunLabel; readonly message: string; readonly readsDataset: boolean }
  /** a stage was kept: which run of this server computed it, if any */
  | {
      readonly _tag: 'origin'
      readonly label: RunLabel
      readonly key: string
      readonly run: string
      readonly note: string
    }
  /** the figures that a stage drew */
  | { readonly _tag: 'figures'; readonly label: RunLabel; readonly key: string; readonly at: number }
  /** what the command wrote into the run folder at the end: metrics; then, after the run's end, report and figures */
  | { readonly _tag: 'results' | 'artifacts'; readonly at: number }
  /** `seconds` that it took, where that is known: the clock may have been put back */
  | {
      readonly _tag: 'end'
      readonly label: RunLabel
      readonly status: RunStatus
      readonly at: number
      readonly seconds?: number
    }
