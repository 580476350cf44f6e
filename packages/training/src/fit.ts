// The one fit loop: order, batches, knobs, checks, record, checkpoints, cancellation. It knows no networks; a step is a
// function of (state, batch, knobs), usually compiled, and a GAN's alternation lives inside it.
import type { Checkpoint } from '@radiograft/checkpoints'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { FitCheckpoints } from './Saver.ts'
import { makeSaver } from './Saver.ts'
import { seriesRecorder } from './SeriesRecorder.ts'
import type { SeriesRow } from './SeriesRecorder.ts'
import { checkStorable, restoreSnapshot, takeSnapshot } from './snapshot.ts'
import type { LoopState } from './snapshot.ts'
import { TrainingCancelledError, TrainingDivergedError, TrainingError } from './TrainingError.ts'

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>

/** A batch of one step. The loop disposes of its tensors. */
export type Batch<B extends Tensors = Tensors> = {
  readonly tensors: B
  /** Ids of its films, for the error when training diverges. */
  readonly films?: readonly string[]
}

/** A new state, and the logs as numbers. */
export type StepOutcome<S extends Tensors> = {
  readonly state: S
  readonly logs: Readonly<Record<string, number>>
}

/**
 * What `compileStep` of @radiograft/tensor returns, or its `aside`: then the next batch is put together while the step
 * computes.
 */
export type FitStep<S extends Tensors, B extends Tensors, K extends string> = (
  state: S,
  batch: B,
  knobs: Readonly<Record<K, number>>,
) => StepOutcome<S> | Promise<StepOutcome<S>>

export type Check = {
  /** Written to the series as `validation.<name>`. */
  readonly values: Readonly<Record<string, number>>
  /** Whether the state is the best so far and should be kept. @default false */
  readonly best?: boolean
  /** Whether training is over. @default false */
  readonly stop?: boolean
}

export type Progress = {
  /** Steps completed. */
  readonly step: number
  readonly steps: number
  /** Means over the window that ended with this step. */
  readonly logs: Readonly<Record<string, number>>
  /** Mean seconds a step over that window, batches and checks included. */
  readonly secondsPerStep: number
}

/** What happens to a state between two steps beside training: a network grows, is looked at, is put back to where it was good. */
export type FitTurn<S extends Tensors> = {
  /** Whether it is time, once so many steps (1, 2, …) are done. */
  readonly at: (done: number) => boolean
  /**
   * The state to go on with, which may have other names and shapes; what it hands through of `state` stays, the loop disposes of the
   * rest. `values` are written to the series as `validation.<name>`.
   */
  readonly run: (
    state: S,
    done: number,
  ) => Promise<{ readonly state: S; readonly values?: Readonly<Record<string, number>> }>
  /** A state as it is once so many steps are done and turned, for a training that goes on: of its tensors the form counts alone. */
  readonly form: (done: number) => S
}

/** What a fit obeys and tells while it runs; none of it changes what comes out. */
export type FitCourse = {
  /** Where to go on from, and where and when to keep what is needed for it. @default none: a killed training is lost */
  readonly checkpoints?: FitCheckpoints | undefined
  /** Aborted, the loop ends between two steps. */
  readonly signal?: AbortSignal | undefined
  /** Called before the first step of a training that goes on, with the steps that are done already. */
  readonly onResume?: ((step: number) => void) | undefined
  /** Called after each step with the steps that are done, before its logs are looked at. */
  readonly onStep?: ((done: number) => void) | undefined
  /** Called at the end of each window. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
  /** Called when a checkpoint could not be written; training goes on and tries again. @default a warning on the console */
  readonly onCheckpointFailed?: ((error: unknown) => void) | undefined
}

export type FitOptions<S extends Tensors, B extends Tensors, K extends string> = FitCourse & {
  readonly step: FitStep<S, B, K>
  /** The state to start from. The loop owns it from then on: its tensors are disposed of as they are replaced. */
  readonly state: S
  /** The batch of a step, a pure function of the step (0, 1, …): it is asked for one step ahead. */
  readonly batches: (step: number) => Promise<Batch<B>>
  /** Learning rate, bias corrections and the like, a pure function of the step (0, 1, …). @default none */
  readonly knobs?: (step: number) => Readonly<Record<K, number>>
  /** How many steps there are in all. */
  readonly steps: number
  /** Looks at the state after each `every` steps and after the last. It must not dispose of the state. */
  readonly validate?: { readonly every: number; readonly run: (state: S, step: number) => Promise<Check> }
  /** What changes the state between two steps, and after the last. A pure function of state and step. @default nothing */
  readonly turn?: FitTurn<S> | undefined
  /** Values of a step (0, 1, …) that are recorded with its logs, such as the learning rate. @default none */
  readonly alsoLog?: (step: number) => Readonly<Record<string, number>>
  /** Length of the windows over which logs are averaged. @default 20 */
  readonly logEvery?: number
}

export type Fitted<S extends Tensors> = {
  /** After the last step; the caller owns it. */
  readonly state: S
  /** The best one by `validate`, where one was marked; the caller owns it too. Its tensors are not those of `state`. */
  readonly best?: { readonly state: S; readonly step: number }
  /** By name, then by step. */
  readonly series: readonly SeriesRow[]
  /** Steps done: fewer than asked for when `validate` stopped it. */
  readonly steps: number
}

/** Lets timers, messages and signals through: a step that does not run aside blocks the thread. */
const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const disposeBatch = (batch: Batch): void => {
  for (const tensor of Object.values(batch.tensors)) tensor.dispose()
}

/** Disposes of what is not also in `kept`: a step may hand tensors through unchanged, and a network is a part of a state. */
export const disposeState = (state: Tensors, kept: Tensors): void => {
  const stay = new Set(Object.values(kept))
  for (const tensor of Object.values(state)) if (!stay.has(tensor)) tensor.dispose()
}

const copyOf = <S extends Tensors>(state: S): S =>
  Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, tensor.clone()])) as unknown as S

/** What a checkpoint holds, if it has the form that the state has at its step. */
const restored = <S extends Tensors>(
  found: Checkpoint,
  { state, steps, turn, checkpoints }: Pick<FitOptions<S, Tensors, string>, 'state' | 'steps' | 'turn' | 'checkpoints'>,
): LoopState<S> => {
  const wanted = turn && found.step <= steps ? turn.form(found.step) : state
  try {
    return restoreSnapshot(found, wanted, { steps, hasHost: checkpoints?.host !== undefined })
  } finally {
    disposeState(wanted, state)
  }
}

const warn = (error: unknown): void =>
  console.warn(`no checkpoint could be written, training goes on without: ${String(error)}`)

/**
 * Runs the loop. The next batch is made while a step runs: all of it where the step runs aside, else what workers and files
 * do of it. With checkpoints it goes on from the latest, and what comes out is bit-equal to a run that was never interrupted.
 * @throws TrainingDivergedError when a log is not finite; the new state is thrown away, the error has the last good one
 * @throws TrainingCancelledError when the signal is aborted, between two steps; the error has the state
 * @throws TrainingResumeError when the checkpoint is of another state; `state` is then as it was
 */
export const fit = async <S extends Tensors, B extends Tensors = Tensors, K extends string = string>(
  options: FitOptions<S, B, K>,
): Promise<Fitted<S>> => {
  const {
    step,
    batches,
    steps,
    validate,
    turn,
    alsoLog,
    onStep,
    onProgress,
    signal,
    checkpoints,
    logEvery = 20,
  } = options
  const knobs = options.knobs ?? (() => ({}) as Readonly<Record<K, number>>)
  if (!(logEvery >= 1)) throw new TrainingError(`logEvery is ${logEvery}, expected at least 1`)
  if (checkpoints) {
    const { everySteps = 1, everySeconds = 0 } = checkpoints
    if (!(everySteps >= 1)) throw new TrainingError(`checkpoints.everySteps is ${everySteps}, expected at least 1`)
    if (!(everySeconds >= 0)) throw new TrainingError(`checkpoints.everySeconds is ${everySeconds}, expected 0 or more`)
    checkStorable(options.state)
  }

  const found = await checkpoints?.to.latest()
  const from = found && restored(found, options)
  let state = options.state
  let { step: done, stopped, best } = from ?? { step: 0, stopped: false }
  const series = seriesRecorder(logEvery, from)
  if (from) {
    disposeState(options.state, {})
    state = from.state
    if (from.host !== undefined) checkpoints?.host?.restore(from.host)
    options.onResume?.(done)
  }
  const snapshot = () =>
    takeSnapshot({
      step: done,
      state,
      best,
      rows: series.rows,
      open: series.open(),
      stopped,
      host: checkpoints?.host?.save(),
    })
  const saver = checkpoints && makeSaver(checkpoints, snapshot, done, options.onCheckpointFailed ?? warn)

  const ask = (i: number): Promise<Batch<B>> | undefined => {
    if (i >= steps || stopped) return undefined
    const asked = batches(i)
    asked.catch(() => {}) // seen when awaited; until then it must not count as unhandled
    return asked
  }

  let next = ask(done)
  let windowStart = performance.now()
  let windowSteps = 0
  /** whether state, record and checks are all those of `done` steps, and may be kept */
  let whole = true
  try {
    while (done < steps && !stopped) {
      await (saver ? saver.wait(macrotask()) : macrotask())
      if (signal?.aborted) throw new TrainingCancelledError(done, state, signal.reason)
      const batch = await next!
      next = ask(done + 1)

      let result: StepOutcome<S>
      try {
        result = await step(state, batch.tensors, knobs(done))
      } finally {
        disposeBatch(batch)
      }
      const stepLogs = alsoLog ? { ...result.logs, ...alsoLog(done) } : result.logs
      onStep?.(done + 1)
      // The check comes before the new state replaces the old one, which is the last good one.
      if (!Object.values(stepLogs).every(Number.isFinite)) {
        disposeState(result.state, state)
        const kept = await saver?.now(done)
        whole = false // kept already, or failed to be
        throw new TrainingDivergedError(done + 1, batch.films ?? [], stepLogs, state, kept)
      }
      whole = false
      disposeState(state, result.state)
      state = result.state
      done += 1
      windowSteps += 1

      const logs = series.add(done, stepLogs)
      if (validate && (done % validate.every === 0 || done === steps)) {
        const check = await validate.run(state, done)
        series.put(done, check.values, 'validation')
        if (check.best) {
          if (best) disposeState(best.state, {})
          best = { state: copyOf(state), step: done }
        }
        stopped = check.stop ?? false
      }
      if (turn?.at(done)) {
        const turned = await turn.run(state, done)
        disposeState(state, turned.state)
        state = turned.state
        if (turned.values) series.put(done, turned.values, 'validation')
      }
      whole = true
      if (logs) {
        const now = performance.now()
        onProgress?.({ step: done, steps, logs, secondsPerStep: (now - windowStart) / 1000 / windowSteps })
        windowStart = now
        windowSteps = 0
      }
      await saver?.afterStep(done)
    }
    // asked for during the last step: what follows in the caller may not be waited for, and the steps are kept
    await macrotask()
    if (signal?.aborted) throw new TrainingCancelledError(done, state, signal.reason)
  } catch (error) {
    // cancelled; or a film could not be read, which need not cost the steps before it
    if (whole) await saver?.now(done)
    if (best) disposeState(best.state, {})
    // the others hand it out
    const carriesIt = error instanceof TrainingCancelledError || error instanceof TrainingDivergedError
    if (!carriesIt) disposeState(state, {})
    throw error
  } finally {
    // After an error or an early stop one batch too many was asked for.
    await next?.then(disposeBatch, () => {})
    await saver?.settle()
  }
  series.close()
  const curves = series.rows.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.step - b.step))
  return { state, ...(best ? { best } : {}), series: curves, steps: done }
}
