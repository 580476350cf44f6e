// Whether bfloat16 makes training faster here, by trying it: processors that announce it may still be slower with it, and
// most emulate it. In a process of its own, so that this one stays free of TensorFlow; the answer is kept. Used for
// `--precision auto`.
import { join } from 'node:path'
import { cacheFolder } from './cacheFolder.ts'
import { answerKey, keepAnswer, keptAnswer, oneAtATime } from './keptAnswers.ts'
import { measureAside } from './measureAside.ts'
import { runtimeInfo } from './runtimeInfo.ts'
import { TENSORFLOW_VERSION } from './wheels.ts'

/** What a few steps took. */
export type MeasuredPrecision = {
  /** The faster one. */
  readonly precision: 'fp32' | 'bf16'
  /** Seconds of a small convolutional training step, the least of several. */
  readonly fp32: number
  readonly bf16: number
}

export type PrecisionOptions = {
  /** Threads within an op. @default as `loadRuntime` would choose */
  readonly threads?: number
  /** @default $XDG_CACHE_HOME/radiograft/precision.json, or in ~/.cache */
  readonly file?: string
  /** Options of Node for the process that measures. @default those of this process, but for code given to it and its debugger */
  readonly execArgv?: ReadonlyArray<string>
}

/** The measurement could not be made. */
export class PrecisionError extends Error {
  readonly _tag = 'PrecisionError'
  constructor(said: string) {
    super(`the speed of bf16 could not be measured: ${said}\nGive --precision fp32 or --precision bf16.`)
    this.name = 'PrecisionError'
  }
}

/** bf16 must win by this factor: the numbers it gives up are worth more than a tie. */
const worthwhile = 0.97

/** All that the answer depends on. */
const keyOf = (threads: number): string => {
  const { runtime, kernels } = runtimeInfo()
  const { fused, problem: _, keptIn: __, ...choice } = kernels
  return answerKey([runtime?.tensorflow ?? TENSORFLOW_VERSION, runtime?.recipe, fused, choice, threads])
}

const isMeasured = (value: unknown): value is MeasuredPrecision => {
  const { precision, fp32, bf16 } = (value ?? {}) as Partial<Record<keyof MeasuredPrecision, unknown>>
  const seconds = [fp32, bf16].every((one) => typeof one === 'number' && one > 0)
  return seconds && (precision === 'fp32' || precision === 'bf16')
}

const placeOf = (options: PrecisionOptions) => ({
  file: options.file ?? join(cacheFolder(), 'precision.json'),
  threads: options.threads ?? runtimeInfo().threads.intraOp,
})

/** The answer that is kept for this machine, runtime and number of threads. */
export const knownPrecision = (options: PrecisionOptions = {}): MeasuredPrecision | undefined => {
  const { file, threads } = placeOf(options)
  return keptAnswer(file, keyOf(threads), isMeasured)
}

/**
 * The answer that is kept, or a new one: about four seconds.
 * @throws PrecisionError when the process that measures fails.
 */
export const measurePrecision = async (options: PrecisionOptions = {}): Promise<MeasuredPrecision> => {
  const known = knownPrecision(options)
  if (known) return known
  const { file, threads } = placeOf(options)
  return oneAtATime(file, async () => {
    const meanwhile = knownPrecision(options)
    if (meanwhile) return meanwhile
    const { printed, why } = await measureAside('timePrecisions', [String(threads)], options.execArgv)
    const { fp32 = 0, bf16 = 0 } = (printed ?? {}) as Partial<MeasuredPrecision>
    const measured: MeasuredPrecision = { fp32, bf16, precision: bf16 < fp32 * worthwhile ? 'bf16' : 'fp32' }
    if (!isMeasured(measured)) throw new PrecisionError(why)
    await keepAnswer(file, keyOf(threads), measured).catch(() => undefined) // full or read-only: measured again next time
    return measured
  })
}
