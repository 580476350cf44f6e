// Which convolutions are ours and which are oneDNN's, by trying both: which is faster turns on the processor, and its announced
// instruction sets do not tell. In a process of its own, so that this one stays free of TensorFlow; the answer is kept. Asked
// for by whoever provisions.
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { choice, type KernelChoice } from '../ops/convolutionKernels.ts'
import { errorLine } from './errorLine.ts'
import type { KernelChoiceOptions, KernelTimes } from './kernelChoice.ts'
import { choiceFile, keepChoice, knownChoice, measuredThreads } from './kernelChoice.ts'
import { oneAtATime } from './keptAnswers.ts'
import { measureAside } from './measureAside.ts'
import { tfjsNodeFolder } from './provision.ts'
import { ADDON_FILE } from './runtimeStamp.ts'

export type MeasureKernelsOptions = {
  /** tfjs-node's add-on, or a link to it. @default the one that `loadRuntime` loads */
  readonly addon?: string
  readonly file?: string
  /** Options of Node for the process that measures. @default those of this process, but for code given to it and its debugger */
  readonly execArgv?: ReadonlyArray<string>
  /** Gets one line before a measurement, and one when it failed. @default silent */
  readonly onProgress?: (line: string) => void
}

/** Which of the two is faster; oneDNN's where there is nothing of ours. */
export const chosenBy = (times: KernelTimes): KernelChoice =>
  choice((kernel) => {
    const { ours, oneDnn } = times[kernel] ?? { ours: Infinity, oneDnn: 0 }
    return ours < oneDnn
  })

/** Tries both, keeps the answer and gives it; nothing where it is none or cannot be kept. */
const newChoice = async (
  place: KernelChoiceOptions,
  options: MeasureKernelsOptions,
): Promise<KernelChoice | undefined> => {
  options.onProgress?.('trying which convolutions are the faster ones here (a few seconds, once per machine)')
  const { printed, why } = await measureAside('timeKernels', [String(measuredThreads())], options.execArgv)
  const guessStays = (what: string, said: string): undefined => {
    options.onProgress?.(`${what}, so a guess by the processor's flags stays: ${said}`)
  }
  if (printed === undefined) return guessStays('they could not be tried', errorLine(why, /error/i))
  const milliseconds = printed as KernelTimes
  const chosen = chosenBy(milliseconds)
  try {
    await keepChoice(place, { choice: chosen, milliseconds })
  } catch (error) {
    // full or read-only: processes of stages read the file, so none may be told what it does not hold
    return guessStays('what was measured could not be kept', (error as Error).message)
  }
  return chosen
}

/**
 * The answer that is kept, or a new one: about three seconds. Nothing where there are no kernels, or where the measurement
 * fails or cannot be kept: then a guess by the processor's flags stays.
 */
export const measureKernels = async (options: MeasureKernelsOptions = {}): Promise<KernelChoice | undefined> => {
  const addon = options.addon ?? join(tfjsNodeFolder(), ADDON_FILE)
  if (!existsSync(addon) || process.env['RADIOGRAFT_FUSED'] === '0') return undefined
  const folder = dirname(realpathSync(addon))
  const place = { folder, ...(options.file === undefined ? {} : { file: options.file }) }
  const waiting = () =>
    options.onProgress?.('waiting for another process that tries which convolutions are the faster ones')
  return (
    knownChoice(place) ??
    oneAtATime(choiceFile(place), async () => knownChoice(place) ?? newChoice(place, options), waiting)
  )
}
