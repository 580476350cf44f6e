// What `radiograft run --json` prints: one object a line on stdout and nothing else there. A field is never left out: what is
// not known is null, and so are metrics that are no finite number. Fields and events may be added within a version; a reader
// passes over those that it does not know. Times are seconds, `at` is milliseconds since 1970.

export interface JsonStage {
  /** unique in the run, such as `fit-detector[arm=attention]` */
  readonly label: string
  /** name in the pipeline file, such as `fit-detector` */
  readonly id: string
  /** name of the stage's definition */
  readonly stage: string
  /** `unknown`: an input is not computed yet, and may come out as before */
  readonly state: 'hit' | 'miss' | 'unknown'
  /** of a miss: why; of an unknown: the label that it waits for */
  readonly reason: string | null
  readonly key: string | null
  /** of a hit: what its computation once took; of a miss with a checkpoint: what is left */
  readonly expectedSeconds: number | null
  /** of a miss that goes on after these steps, of so many in all if that is known */
  readonly checkpoint: { readonly step: number; readonly total: number | null } | null
  /** labels, and `dataset:<name>`, by port */
  readonly inputs: Readonly<Record<string, ReadonlyArray<string>>>
}

/** How far a stage came that is not done. */
export interface JsonKept {
  readonly label: string
  /** steps that are done: the same command goes on there */
  readonly step: number
  readonly total: number | null
}

/** A stage that was kept and was computed again with --force, port by port. */
export interface JsonAgain {
  readonly label: string
  readonly key: string
  readonly seconds: number
  /** every port bit for bit */
  readonly same: boolean
  /** digests */
  readonly outputs: Readonly<Record<string, { readonly kept: string; readonly now: string; readonly same: boolean }>>
}

type Body =
  /** first; alone with --dry-run and --check, where `run` and `folder` are null */
  | {
      readonly _tag: 'plan'
      readonly pipeline: string
      readonly preset: string
      readonly seed: number
      readonly run: string | null
      readonly folder: string | null
      readonly hits: number
      readonly misses: number
      readonly unknown: number
      /** of all that is no hit, as far as it is known */
      readonly expectedSeconds: number
      /** inputs before users */
      readonly stages: ReadonlyArray<JsonStage>
    }
  | {
      readonly _tag: 'stage-start'
      readonly label: string
      readonly key: string
      readonly reason: string
      readonly log: string
      readonly expectedSeconds: number | null
    }
  | {
      readonly _tag: 'progress'
      readonly label: string
      readonly done: number
      readonly total: number
      readonly note: string
      readonly share: number
      readonly secondsLeft: number | null
    }
  | {
      readonly _tag: 'metric'
      readonly label: string
      readonly name: string
      readonly value: number | null
      readonly step: number
    }
  | { readonly _tag: 'log'; readonly label: string; readonly message: string }
  /** what may cost work or the same bits, though the stage goes on */
  | { readonly _tag: 'warning'; readonly label: string; readonly message: string }
  /** the stage goes on after this step, which an earlier run did */
  | { readonly _tag: 'resumed'; readonly label: string; readonly step: number; readonly total: number | null }
  /** this step is on the disk, with all that is needed to go on after it */
  | {
      readonly _tag: 'checkpoint'
      readonly label: string
      readonly step: number
      readonly total: number | null
      readonly bytes: number
      /** that writing it took */
      readonly seconds: number
    }
  | {
      readonly _tag: 'stage-done'
      readonly label: string
      readonly key: string
      readonly hit: boolean
      readonly seconds: number
    }
  | { readonly _tag: 'stage-failed'; readonly label: string; readonly error: string; readonly log: string }
  /** last, of a run that is done */
  | {
      readonly _tag: 'run-done'
      readonly run: string
      readonly folder: string
      readonly hits: number
      readonly computed: number
      readonly seconds: number
      /** with --only and --force; such a stage counts as computed; what was kept stays */
      readonly again: ReadonlyArray<JsonAgain>
      /** paths of files; null with --only, which writes none */
      readonly metrics: string | null
      readonly report: string | null
    }
  /** last, of a run that had begun and ended early */
  | {
      readonly _tag: 'run-stopped'
      readonly run: string
      readonly folder: string
      readonly status: 'failed' | 'interrupted'
      readonly error: string
      /** the exit code */
      readonly code: number
      readonly recover: string
      /** stages that had begun and where they go on */
      readonly kept: ReadonlyArray<JsonKept>
    }
  /** last, of a command that ended before a run began, or after it was done while its results were written */
  | {
      readonly _tag: 'error'
      /** the exit code */
      readonly code: number
      /** such as `UnknownNameError` */
      readonly name: string
      readonly message: string
    }

export type RunJsonEvent = { readonly version: 1; readonly at: number } & Body
export type RunJsonBody = Body
