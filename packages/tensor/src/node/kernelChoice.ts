// Which convolutions are ours and which are oneDNN's on this machine, as `measureKernels` found it. Results differ in the last
// bits with it. Used by `kernelAddon`; told by `runtimeInfo`.
import { basename, join } from 'node:path'
import { cacheFolder } from './cacheFolder.ts'
import { answerKey, keepAnswer, keptAnswer } from './keptAnswers.ts'

/** Whether our kernel is used in place of TensorFlow's, which is oneDNN's. */
export type KernelChoice = {
  /** The filter gradient of convolutions. */
  readonly filterGradient: boolean
  /** 3×3 convolutions of stride 1 and their gradients. */
  readonly winograd: boolean
  /** In steps that compute in bfloat16: convolutions of any filter and stride. */
  readonly narrowConvolve: boolean
  /** The first two with products in bfloat16, in such steps. */
  readonly narrowFilterGradient: boolean
  readonly narrowWinograd: boolean
}

/** Milliseconds of ours and of oneDNN's, the least of several; nothing of ours where the processor has none. */
export type KernelTimes = {
  readonly [K in keyof KernelChoice]?: { readonly ours: number; readonly oneDnn: number }
}

export type KernelChoiceOptions = {
  /** The folder of the add-on. */
  readonly folder: string
  /** @default $XDG_CACHE_HOME/radiograft/kernels.json, or in ~/.cache */
  readonly file?: string
}

export type KernelAnswer = { readonly choice: KernelChoice; readonly milliseconds: KernelTimes }

const names = ['filterGradient', 'winograd', 'narrowConvolve', 'narrowFilterGradient', 'narrowWinograd'] as const

const isAnswer = (value: unknown): value is KernelAnswer => {
  const { choice } = (value ?? {}) as { readonly choice?: Partial<Record<string, unknown>> }
  return names.every((name) => typeof choice?.[name] === 'boolean')
}

const fileOf = (file: string | undefined): string => file ?? join(cacheFolder(), 'kernels.json')

/** The add-on's folder is named by all that it was built from. */
const keyOf = (folder: string): string => answerKey(['kernels', basename(folder)])

/** The answer that is kept for this machine and these kernels. */
export const knownChoice = ({ folder, file }: KernelChoiceOptions): KernelChoice | undefined =>
  keptAnswer(fileOf(file), keyOf(folder), isAnswer)?.choice

export const keepChoice = ({ folder, file }: KernelChoiceOptions, answer: KernelAnswer): Promise<void> =>
  keepAnswer(fileOf(file), keyOf(folder), answer)
