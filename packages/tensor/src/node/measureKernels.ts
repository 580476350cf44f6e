// Which convolutions are ours and which are oneDNN's, by trying both: which is faster turns on the processor, and its announced
// instruction sets do not tell. In a process of its own, so that this one stays free of TensorFlow; the answer is kept. Asked
// for by whoever provisions.
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { KernelChoice, KernelTimes } from './kernelChoice.ts'
import { keepChoice, knownChoice } from './kernelChoice.ts'
import { tfjsNodeFolder } from './provision.ts'
import { runCommand } from './runCommand.ts'
import { ADDON_FILE } from './runtimeStamp.ts'

export type MeasureKernelsOptions = {
  /** tfjs-node's add-on, or a link to it. @default the one that `loadRuntime` loads */
  readonly addon?: string
  readonly file?: string
  /** Options of Node for the process that measures. @default those of this process */
  readonly execArgv?: ReadonlyArray<string>
  /** Called before a measurement. */
  readonly onMeasure?: () => void
}

/** Which of the two is faster; oneDNN's where there is nothing of ours. */
export const chosenBy = (times: KernelTimes): KernelChoice => {
  const isOurs = (name: keyof KernelChoice): boolean => {
    const { ours, oneDnn } = times[name] ?? { ours: Infinity, oneDnn: 0 }
    return ours < oneDnn
  }
  return {
    filterGradient: isOurs('filterGradient'),
    winograd: isOurs('winograd'),
    narrowConvolve: isOurs('narrowConvolve'),
    narrowFilterGradient: isOurs('narrowFilterGradient'),
    narrowWinograd: isOurs('narrowWinograd'),
  }
}

/**
 * The answer that is kept, or a new one: about three seconds. Nothing where there are no kernels, or where the measurement
 * fails: then a guess by the processor's flags stays.
 */
export const measureKernels = async (options: MeasureKernelsOptions = {}): Promise<KernelChoice | undefined> => {
  const addon = options.addon ?? join(tfjsNodeFolder(), ADDON_FILE)
  if (!existsSync(addon) || process.env['RADIOGRAFT_FUSED'] === '0') return undefined
  const folder = dirname(realpathSync(addon))
  const place = { folder, ...(options.file === undefined ? {} : { file: options.file }) }
  const known = knownChoice(place)
  if (known) return known
  options.onMeasure?.()
  const script = import.meta.url.endsWith('.ts') ? './timeKernels.bin.ts' : './timeKernels.bin.js'
  const args = [...(options.execArgv ?? process.execArgv), fileURLToPath(new URL(script, import.meta.url))]
  const { status, stdout } = await runCommand(process.execPath, args)
  if (status !== 0) return undefined
  let milliseconds: KernelTimes
  try {
    milliseconds = JSON.parse(stdout) as KernelTimes
  } catch {
    return undefined
  }
  const choice = chosenBy(milliseconds)
  await keepChoice(place, { choice, milliseconds })
  return choice
}
