// The training of a generator from plain values: two seeded streams of films, the compiled step, a constant rate. Used by
// both fits. Films are read a batch at a time, so memory does not grow with their number.
import { fromNetworkTensors, scope, unscope, type NetworkTensor, type Params } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep, type CompileOptions } from '@radiograft/tensor'
import { batchOrder, fitNetwork, type FitCourse, type SeriesRow } from '@radiograft/training'
import type { GeneratorConfig } from '../generatorConfig.ts'
import { pairedBatch } from '../models/pairedBatch.ts'
import {
  discriminatorOf,
  generatorOf,
  pairedTranslationKnobs,
  pairedTranslationState,
  pairedTranslationStep,
  type PairedTranslationOptions,
} from '../models/pairedTranslation.ts'
import { cycleGanGenerator } from '../networks/cycleGanGenerator.ts'
import { patchGan } from '../networks/patchGan.ts'
import type { ReadSigned } from './signedFilms.ts'
import type { TrainingFilms } from './trainingFilms.ts'

export interface TranslationFilms extends TrainingFilms {
  readonly read: {
    readonly input: ReadSigned
    /** what G(input) should be, by the input's id; the input itself when left out (eq 2) */
    readonly target?: ReadSigned
    readonly real: ReadSigned
  }
}

export interface TrainTranslationOptions extends Pick<
  PairedTranslationOptions,
  'ganLoss' | 'l1Weight' | 'identityWeight'
> {
  readonly seed: number
  /** @default fp32, graphs are not kept */
  readonly compile?: CompileOptions
  readonly steps: number
  readonly batch: number
  readonly learningRate: number
  /** channels of the discriminator's first layer */
  readonly discriminatorFilters: number
  /** a finished generator to start from; the discriminator starts anew. @default drawn by the seed */
  readonly init?: Readonly<Record<string, NetworkTensor>> | undefined
  readonly course?: FitCourse
}

/** @returns both networks' parameters, which the caller owns, and the curves of losses and gradient norm */
export const trainTranslation = async (
  { inputs, reals, read }: TranslationFilms,
  { size, network }: Pick<GeneratorConfig, 'size' | 'network'>,
  options: TrainTranslationOptions,
): Promise<{
  readonly generator: Params
  readonly discriminator: Params
  readonly series: ReadonlyArray<SeriesRow>
}> => {
  const { seed, steps, batch, learningRate, ganLoss, l1Weight, identityWeight } = options
  const generator = cycleGanGenerator(network)
  const discriminator = patchGan({ filters: options.discriminatorFilters })

  const draw = (stream: string, from: ReadonlyArray<string>, step: number): string[] =>
    Array.from(batchOrder(`${seed}/${stream}`, from.length, batch, step), (i) => from[i]!)
  const batchOf = async (step: number) => {
    const [xs, ys] = [draw('inputs', inputs, step), draw('reals', reals, step)]
    const [input, target, real] = await Promise.all([read.input(xs), read.target?.(xs), read.real(ys)])
    return { tensors: pairedBatch({ input, target: target ?? input, real }, size), films: [...xs, ...ys] }
  }

  const from = { generator: options.init && fromNetworkTensors(options.init) }
  const networks = { generator, discriminator }
  const { params, series } = await fitNetwork({
    step: compileStep(pairedTranslationStep({ ...networks, ganLoss, l1Weight, identityWeight }), options.compile),
    networkOf: (state) => ({ ...unscope(generatorOf(state), 'g'), ...unscope(discriminatorOf(state), 'd') }),
    state: pairedTranslationState(networks, rng(seed).fork('weights'), [size, size, 1], from),
    batches: batchOf,
    knobs: (step) => pairedTranslationKnobs(step + 1, learningRate),
    steps,
    ...options.course,
  })
  return { generator: scope(params, 'g'), discriminator: scope(params, 'd'), series }
}
