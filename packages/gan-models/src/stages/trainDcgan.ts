// The training of a DCGAN from plain values: one seeded stream of films, the compiled step, a constant rate. Used by the entry of
// `fit-dcgan`. Films are read a batch at a time, so memory does not grow with their number.
import type { Params } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep, type CompileOptions } from '@radiograft/tensor'
import { batchOrder, fitNetwork, type FitCourse, type SeriesRow } from '@radiograft/training'
import { augmentState, type AugmentControl } from '../augment/augmentControl.ts'
import { filmAugmentation } from '../augment/filmAugmentation.ts'
import { dcganDiscriminator } from '../dcgan/dcganDiscriminator.ts'
import { dcganGenerator } from '../dcgan/dcganGenerator.ts'
import { dcganGeneratorOf, dcganState } from '../dcgan/dcganState.ts'
import { dcganKnobs, dcganStep, type DcganStepOptions } from '../dcgan/dcganStep.ts'
import type { DcganGeneratorConfig } from '../latentGenerator.ts'
import { filmsTensor } from '../models/filmsTensor.ts'
import type { ReadSigned } from './signedFilms.ts'

export interface TrainDcganOptions extends Pick<DcganStepOptions, 'ganLoss'> {
  readonly seed: number
  /** @default fp32, graphs are not kept */
  readonly compile?: CompileOptions
  readonly steps: number
  readonly batch: number
  readonly learningRate: number
  /** Films are augmented, with a probability that is controlled so. @default they are not */
  readonly augment?: AugmentControl | undefined
  readonly course?: FitCourse
}

/** @returns the generator's parameters and running statistics, which the caller owns, and the curves */
export const trainDcgan = async (
  { films, read }: { readonly films: ReadonlyArray<string>; readonly read: ReadSigned },
  config: Pick<DcganGeneratorConfig, 'size' | 'width' | 'latent'>,
  { seed, compile, steps, batch, learningRate, ganLoss, augment, course }: TrainDcganOptions,
): Promise<{ readonly generator: Params; readonly series: ReadonlyArray<SeriesRow> }> => {
  const networks = { generator: dcganGenerator(config), discriminator: dcganDiscriminator(config) }
  const augmented = augment ? { augment: filmAugmentation(), augmentControl: augment } : {}
  const { params, series } = await fitNetwork({
    step: compileStep(dcganStep({ ...networks, ganLoss, seed, ...augmented }), compile),
    networkOf: dcganGeneratorOf,
    state: { ...dcganState(networks, rng(seed).fork('weights')), ...(augment ? augmentState() : {}) },
    batches: async (step) => {
      const chosen = Array.from(batchOrder(`${seed}/films`, films.length, batch, step), (i) => films[i]!)
      return { tensors: { real: filmsTensor(await read(chosen), config.size) }, films: chosen }
    },
    knobs: (step) => dcganKnobs(step + 1, learningRate),
    steps,
    ...course,
  })
  return { generator: params, series }
}
