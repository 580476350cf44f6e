// What can go wrong in a run besides the store: a stage that fails, code that cannot be bundled, a dataset not found, a run
// folder that cannot be written, inputs that are not there.

export class StageFailedError extends Error {
  readonly _tag = 'StageFailedError'
  /** label of the node */
  readonly node: string
  readonly stage: string
  /** one line a port: `films: films, 800 rows, 26 MB` */
  readonly inputs: ReadonlyArray<string>
  /** absolute path of the stage's log */
  readonly log: string
  /** name, message and stack of what the entry threw; or how the process ended */
  readonly failure: { readonly name: string; readonly message: string; readonly stack: string }
  /** the last good state: the same command goes on after that step */
  readonly kept: { readonly step: number; readonly total: number | undefined; readonly folder: string } | undefined
  constructor(given: {
    readonly node: string
    readonly stage: string
    readonly inputs: ReadonlyArray<string>
    readonly log: string
    readonly failure: { readonly name: string; readonly message: string; readonly stack: string }
    readonly kept?: StageFailedError['kept']
  }) {
    super(
      `Stage '${given.stage}' failed at node '${given.node}': ${given.failure.name}: ${given.failure.message}\n` +
        `  inputs: ${given.inputs.length > 0 ? given.inputs.join('; ') : '(none)'}\n  log: ${given.log}` +
        (given.kept
          ? `\n  kept: step ${given.kept.step}${given.kept.total === undefined ? '' : ` of ${given.kept.total}`}, in ${given.kept.folder}`
          : ''),
      { cause: given.failure },
    )
    this.name = 'StageFailedError'
    this.node = given.node
    this.stage = given.stage
    this.inputs = given.inputs
    this.log = given.log
    this.failure = given.failure
    this.kept = given.kept
  }
}

/** esbuild could not bundle a stage's entry: a syntax error, an import that does not resolve. */
export class BundleError extends Error {
  readonly _tag = 'BundleError'
  readonly entry: string
  constructor(entry: string, detail: string, options?: { readonly cause?: unknown }) {
    super(`The code of stage entry ${entry} cannot be bundled: ${detail}`, options)
    this.name = 'BundleError'
    this.entry = entry
  }
}

/** A dataset's folder is not there or cannot be read. */
export class DatasetError extends Error {
  readonly _tag = 'DatasetError'
  readonly path: string
  constructor(path: string, detail: string, options?: { readonly cause?: unknown }) {
    super(`The dataset folder ${path} cannot be used: ${detail}. Give another with --data.`, options)
    this.name = 'DatasetError'
    this.path = path
  }
}

/** The folder of a run cannot be made or written. What was computed is in the store. */
export class RunFolderError extends Error {
  readonly _tag = 'RunFolderError'
  readonly path: string
  constructor(path: string, cause: unknown) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    super(`The run folder ${path} cannot be written: ${detail}. Choose another with --out.`, { cause })
    this.name = 'RunFolderError'
    this.path = path
  }
}

/** A stage that was to be computed alone reads what is not in the store. Nothing was computed. */
export class InputsMissingError extends Error {
  readonly _tag = 'InputsMissingError'
  readonly stages: ReadonlyArray<string>
  /** labels of the stages whose results are missing, in the order in which they would be computed */
  readonly missing: ReadonlyArray<string>
  constructor(stages: ReadonlyArray<string>, missing: ReadonlyArray<string>) {
    super(
      `${stages.join(', ')} cannot be computed alone: the results of ${missing.join(', ')} are not in the store. Run the pipeline without 'only' to compute them.`,
    )
    this.name = 'InputsMissingError'
    this.stages = stages
    this.missing = missing
  }
}
