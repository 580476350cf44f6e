// What happens in a run, for the terminal, the journal and the report. Times are seconds.
import type { Plan } from './Plan.ts'
import type { RunResult } from './RunResult.ts'

export type RunEvent =
  | { readonly _tag: 'plan'; readonly run: string; readonly folder: string; readonly plan: Plan }
  | {
      readonly _tag: 'stage-start'
      readonly label: string
      readonly key: string
      readonly reason: string
      /** absolute path of its log */
      readonly log: string
      readonly expected: number | undefined
    }
  | {
      readonly _tag: 'progress'
      readonly label: string
      readonly done: number
      readonly total: number
      readonly note: string
      /** seconds left, from the speed so far */
      readonly eta: number | undefined
    }
  | {
      readonly _tag: 'metric'
      readonly label: string
      readonly name: string
      readonly value: number
      readonly step: number
    }
  | { readonly _tag: 'log'; readonly label: string; readonly message: string }
  /** computed or found; for a hit `seconds` is the time that its computation once took */
  | {
      readonly _tag: 'stage-done'
      readonly label: string
      readonly key: string
      readonly hit: boolean
      readonly seconds: number
      /** of a hit: the run that computed it, and the last value of each metric that its stage emitted */
      readonly from?: { readonly run: string; readonly metrics: Readonly<Record<string, number>> }
    }
  | { readonly _tag: 'stage-failed'; readonly label: string; readonly error: string; readonly log: string }
  | { readonly _tag: 'run-done'; readonly result: RunResult }
  /** the run ended early, by a failure or a signal; always its last event */
  | { readonly _tag: 'run-stopped'; readonly status: 'failed' | 'interrupted'; readonly error: string }

/** A line of `events.ndjson`, the journal of a run: what a reader needs who was not there. `run.json` says the rest. */
export type JournalLine = (
  | Exclude<RunEvent, { readonly _tag: 'plan' | 'run-done' }>
  /** the commit of the workspace's code, empty where it is in no git repository */
  | { readonly _tag: 'plan'; readonly commit?: string }
  | { readonly _tag: 'run-done' }
) & {
  /** milliseconds since 1970, an integer */
  readonly at: number
}
