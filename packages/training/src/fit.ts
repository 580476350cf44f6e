// The one fit loop: order, batches, knobs, checks, record, cancellation. It knows no networks; a step is a function of
// (state, batch, knobs), usually compiled, and a GAN's alternation lives inside it.
import type { Tensor } from '@tensorflow/tfjs-core'
import { seriesRecorder } from './SeriesRecorder.ts'
import type { SeriesRow } from './SeriesRecorder.ts'
import { TrainingCancelledError, TrainingDivergedError, TrainingError } from './TrainingError.ts'

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>

/** A batch of one step. The loop disposes of its tensors. */
export type Batch<B extends Tensors = Tensors> = {
  readonly tensors: B
  /** Ids of its films, for the error when training diverges. */
  readonly films?: readonly string[]
}

/** What `compileStep` of @radiograft/tensor returns: a new state, and the logs as numbers. */
export type FitStep<S extends Tensors, B extends Tensors, K extends string> = (
  state: S,
  batch: B,
  knobs: Readonly<Record<K, number>>,
) => { readonly state: S; readonly logs: Readonly<Record<string, number>> }

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

export type FitOptions<S extends Tensors, B extends Tensors, K extends string> = {
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
  /** Called at the end of each window. */
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
  /** Length of the windows over which logs are averaged. @default 20 */
  readonly logEvery?: number
}

export type Fitted<S extends Tensors> = {
  /** After the last step; the caller owns it. */
  readonly state: S
  /** The best one by `validate`, where one was marked; the caller owns it too. Its tensors are not those of `state`. */
  readonly best?: { readonly state: S; readonly step: number }
  readonly series: readonly SeriesRow[]
  /** Steps done: fewer than asked for when `validate` stopped it. */
  readonly steps: number
}

/** Lets timers, messages and signals through: a step blocks the thread while it runs. */
const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const disposeBatch = (batch: Batch): void => {
  for (const tensor of Object.values(batch.tensors)) tensor.dispose()
}

/** Disposes of what is not also in `kept`: a step may hand tensors through unchanged. */
const disposeState = (state: Tensors, kept: Tensors): void => {
  const stay = new Set(Object.values(kept))
  for (const tensor of Object.values(state)) if (!stay.has(tensor)) tensor.dispose()
}

const copyOf = <S extends Tensors>(state: S): S =>
  Object.fromEntries(Object.entries(state).map(([name, tensor]) => [name, tensor.clone()])) as unknown as S

/**
 * Runs the loop. The next batch is made while a step runs, as far as it is made elsewhere (workers, files).
 * @throws TrainingDivergedError when a log is not finite; the new state is thrown away, the error has the last good one
 * @throws TrainingCancelledError when the signal is aborted, between two steps; the error has the state
 */
export const fit = async <S extends Tensors, B extends Tensors = Tensors, K extends string = string>(
  options: FitOptions<S, B, K>,
): Promise<Fitted<S>> => {
  const { step, batches, steps, validate, onProgress, signal, logEvery = 20 } = options
  const knobs = options.knobs ?? (() => ({}) as Readonly<Record<K, number>>)
  if (!(logEvery >= 1)) throw new TrainingError(`logEvery is ${logEvery}, expected at least 1`)

  let state = options.state
  let best: { state: S; step: number } | undefined
  const series = seriesRecorder(logEvery)
  const ask = (i: number): Promise<Batch<B>> | undefined => {
    if (i >= steps) return undefined
    const asked = batches(i)
    asked.catch(() => {}) // seen when awaited; until then it must not count as unhandled
    return asked
  }

  let next = ask(0)
  let done = 0
  let stopped = false
  let windowStart = performance.now()
  let windowSteps = 0
  try {
    while (done < steps && !stopped) {
      await macrotask()
      if (signal?.aborted) throw new TrainingCancelledError(done, state, signal.reason)
      const batch = await next!
      next = ask(done + 1)

      let result: ReturnType<typeof step>
      try {
        result = step(state, batch.tensors, knobs(done))
      } finally {
        disposeBatch(batch)
      }
      // The check comes before the new state replaces the old one, which is the last good one.
      if (!Object.values(result.logs).every(Number.isFinite)) {
        disposeState(result.state, state)
        throw new TrainingDivergedError(done + 1, batch.films ?? [], result.logs, state)
      }
      disposeState(state, result.state)
      state = result.state
      done += 1
      windowSteps += 1

      const logs = series.add(done, result.logs)
      if (validate && (done % validate.every === 0 || done === steps)) {
        const check = await validate.run(state, done)
        series.put(done, check.values, 'validation')
        if (check.best) {
          if (best) disposeState(best.state, {})
          best = { state: copyOf(state), step: done }
        }
        stopped = check.stop ?? false
      }
      if (logs) {
        const now = performance.now()
        onProgress?.({ step: done, steps, logs, secondsPerStep: (now - windowStart) / 1000 / windowSteps })
        windowStart = now
        windowSteps = 0
      }
    }
  } catch (error) {
    if (best) disposeState(best.state, {})
    throw error
  } finally {
    // After an error or an early stop one batch too many was asked for.
    await next?.then(disposeBatch, () => {})
  }
  series.close()
  return { state, ...(best ? { best } : {}), series: series.rows, steps: done }
}
