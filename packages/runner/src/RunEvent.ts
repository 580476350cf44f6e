// What happens in a run, for the terminal, the journal and the report. Times are seconds. The journal of a run that resumes a
// stage begins at the resumed step: within one journal a metric has each step once, and what two have of the same steps is equal.
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
      /** a checkpoint is there: it is expected to go on after that step, what this run and label began */
      readonly continues?: { readonly step: number; readonly run: string; readonly label: string }
    }
  | {
      readonly _tag: 'progress'
      readonly label: string
      readonly done: number
      readonly total: number
      readonly note: string
      /** of its work, in [0, 1]: done / total where all of its steps cost alike */
      readonly share: number
      /** seconds left, if the rest of its work goes as fast as it went so far */
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
  /** what may cost work or the same bits, though the stage goes on */
  | { readonly _tag: 'warning'; readonly label: string; readonly message: string }
  /** the stage goes on after this step, done in an earlier run */
  | {
      readonly _tag: 'resumed'
      readonly label: string
      readonly step: number
      /** steps in all, where that is known */
      readonly total: number | undefined
    }
  /** this step is on the disk, with all that is needed to go on after it */
  | {
      readonly _tag: 'checkpoint'
      readonly label: string
      readonly step: number
      readonly total: number | undefined
      readonly bytes: number
      /** that writing it took */
      readonly seconds: number
    }
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
  | {
      readonly _tag: 'run-stopped'
      readonly status: 'failed' | 'interrupted'
      readonly error: string
      /** stages that had not ended and where the same command goes on; none where nothing of them was kept */
      readonly kept?: ReadonlyArray<KeptStage>
    }

/** How far a stage came that is not done. */
export interface KeptStage {
  readonly label: string
  readonly step: number
  /** steps in all, where that is known */
  readonly total: number | undefined
}

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
