// Which convolutions are ours and which are oneDNN's on this machine, as `measureKernels` found it. Results differ in the last
// bits with it. Used by `kernelAddon`; told by `runtimeInfo`.
import { availableParallelism } from 'node:os'
import { basename, join } from 'node:path'
import { convolutionKernels, type ConvolutionKernel, type KernelChoice } from '../ops/convolutionKernels.ts'
import { cacheFolder } from './cacheFolder.ts'
import { answerKey, keepAnswer, keptAnswer } from './keptAnswers.ts'

/** Milliseconds of ours and of oneDNN's, the least of several; nothing of ours where the processor has none. */
export type KernelTimes = {
  readonly [K in ConvolutionKernel]?: { readonly ours: number; readonly oneDnn: number }
}

export type KernelChoiceOptions = {
  /** The folder of the add-on. */
  readonly folder: string
  /** @default $XDG_CACHE_HOME/radiograft/kernels.json, or in ~/.cache */
  readonly file?: string
}

export type KernelAnswer = { readonly choice: KernelChoice; readonly milliseconds: KernelTimes }

const isAnswer = (value: unknown): value is KernelAnswer => {
  const { choice } = (value ?? {}) as { readonly choice?: Partial<Record<string, unknown>> }
  return convolutionKernels.every((name) => typeof choice?.[name] === 'boolean')
}

/** Where answers are kept. */
export const choiceFile = ({ file }: KernelChoiceOptions): string => file ?? join(cacheFolder(), 'kernels.json')

/** As many as a stage has without `--threads`. An answer holds for fewer too: else a process would have to know what another is told. */
export const measuredThreads = (): number => availableParallelism()

/** The add-on's folder is named by all that it was built from. */
const keyOf = (folder: string): string => answerKey(['kernels', basename(folder), measuredThreads()])

/** The answer that is kept for this machine, these kernels and these settings. */
export const knownChoice = (place: KernelChoiceOptions): KernelChoice | undefined =>
  keptAnswer(choiceFile(place), keyOf(place.folder), isAnswer)?.choice

export const keepChoice = (place: KernelChoiceOptions, answer: KernelAnswer): Promise<void> =>
  keepAnswer(choiceFile(place), keyOf(place.folder), answer)
