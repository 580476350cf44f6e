// The training of a detector from plain values: balanced batches, the compiled step, the schedule. Used by the entry of
// `fit-detector`. Films are read a batch at a time, so memory does not grow with their number.
import type { NetworkTensor, Params } from '@radiograft/nn'
import { adamKnobs, fromNetworkTensors, oneCycle } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import type { CompileOptions } from '@radiograft/tensor'
import { balancedOrder, fitNetwork } from '@radiograft/training'
import type { FitCourse, SeriesRow } from '@radiograft/training'
import type { AssignOptions } from '../assignTargets.ts'
import type { AugmentOptions } from '../augmentFilm.ts'
import type { DetectorConfig } from '../detectorConfig.ts'
import { balanceOf, detectorBatches, type ListedFilm, type ReadFilms } from '../detectorBatches.ts'
import type { DetectorStepOptions } from '../detectorStep.ts'
import { detectorParams, detectorState, detectorStep } from '../detectorStep.ts'
import { retinaNet } from '../network/retinaNet.ts'

export interface TrainOptions {
  readonly seed: number
  /** @default fp32, graphs are not kept */
  readonly compile?: CompileOptions
  readonly steps: number
  readonly batch: number
  /** top of the one-cycle schedule */
  readonly learningRate: number
  readonly step?: Omit<DetectorStepOptions, 'seed'>
  readonly augment?: AugmentOptions
  readonly assign?: AssignOptions
  /** a finished detector to start from. @default drawn by the seed */
  readonly init?: Readonly<Record<string, NetworkTensor>> | undefined
  readonly course?: FitCourse
}

/** @returns parameters, which the caller owns, and the curves of losses, gradient norm and learning rate */
export const trainDetector = async (
  films: ReadonlyArray<ListedFilm>,
  read: ReadFilms,
  config: DetectorConfig,
  options: TrainOptions,
): Promise<{ readonly params: Params; readonly series: ReadonlyArray<SeriesRow> }> => {
  const { seed, steps, batch, learningRate } = options
  const network = retinaNet(config.network)
  const balance = { seed, ...balanceOf(films, batch) }
  const batches = detectorBatches(films, read, config, {
    seed,
    order: (step) => balancedOrder(balance, step),
    ...(options.augment ? { augment: options.augment } : {}),
    ...(options.assign ? { assign: options.assign } : {}),
  })
  const rate = oneCycle({ maxLr: learningRate, totalSteps: steps })

  const init = options.init
    ? fromNetworkTensors(options.init)
    : network.init(rng(seed).fork('weights'), [config.height, config.width, 1])
  return fitNetwork({
    step: compileStep(detectorStep(network, { seed, ...options.step }), options.compile),
    networkOf: detectorParams,
    state: detectorState(init),
    batches,
    knobs: (step) => adamKnobs(step + 1, rate(step)),
    alsoLog: (step) => ({ learningRate: rate(step) }),
    steps,
    ...options.course,
  })
}
