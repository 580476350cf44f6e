// The training of a detector from plain values: balanced batches, the compiled step, the schedule. Used by the entry of
// `fit-detector`. Films are read a batch at a time, so memory does not grow with their number.
import type { Box } from '@radiograft/geometry'
import type { NetworkTensor, Params } from '@radiograft/nn'
import { adamKnobs, fromNetworkTensors, oneCycle } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import type { CompileOptions } from '@radiograft/tensor'
import { balancedOrder, fitNetwork } from '@radiograft/training'
import type { FitCourse, SeriesRow } from '@radiograft/training'
import * as tf from '@tensorflow/tfjs-core'
import type { AttentionMap } from '../batchAssembler.ts'
import { batchAssembler } from '../batchAssembler.ts'
import type { AssignOptions } from '../assignTargets.ts'
import type { AugmentOptions } from '../augmentFilm.ts'
import type { DetectorConfig } from '../detectorConfig.ts'
import { DetectorError } from '../DetectorError.ts'
import type { DetectorBatch, DetectorStepOptions } from '../detectorStep.ts'
import { detectorParams, detectorState, detectorStep } from '../detectorStep.ts'
import { retinaNet } from '../network/retinaNet.ts'

export interface ListedFilm {
  readonly id: string
  /** in pixels; none on negatives */
  readonly boxes: ReadonlyArray<Box>
  /** index of its class */
  readonly class: number
}

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

/** Pixels and map of some films, in the order asked for. */
export type ReadFilms = (
  ids: ReadonlyArray<string>,
) => Promise<ReadonlyArray<{ readonly pixels: Float32Array; readonly attention?: AttentionMap | undefined }>>

/** @returns parameters, which the caller owns, and the curves of losses, gradient norm and learning rate */
export const trainDetector = async (
  films: ReadonlyArray<ListedFilm>,
  read: ReadFilms,
  config: DetectorConfig,
  options: TrainOptions,
): Promise<{ readonly params: Params; readonly series: ReadonlyArray<SeriesRow> }> => {
  const { seed, steps, batch, learningRate } = options
  const { height, width, levels, classNames } = config
  if (films.length === 0) throw new DetectorError('fit-detector', 'the training part of the split has no film')
  const network = retinaNet(config.network)
  const assemble = batchAssembler(
    { height, width, levels, classes: classNames.length },
    {
      seed,
      ...(options.augment ? { augment: options.augment } : {}),
      ...(options.assign ? { assign: options.assign } : {}),
    },
  )
  const at = (having: boolean): number[] => films.flatMap((film, i) => (film.boxes.length > 0 === having ? [i] : []))
  const [positives, negatives] = [at(true), at(false)]
  const share = positives.length === 0 ? 0 : negatives.length === 0 ? batch : Math.floor(batch / 2)
  const order = { seed, positives, negatives, count: { positives: share, negatives: batch - share } }
  const rate = oneCycle({ maxLr: learningRate, totalSteps: steps })

  const batchOf = async (step: number) => {
    const chosen = Array.from(balancedOrder(order, step), (i) => films[i]!)
    const seen = await read(chosen.map(({ id }) => id))
    const arrays = assemble(
      chosen.map((film, i) => ({ ...film, ...seen[i]! })),
      step,
    )
    const anchors = arrays.labels.length / batch
    const tensors: Partial<DetectorBatch> = {
      films: tf.tensor4d(arrays.films, [batch, height, width, 1]),
      labels: tf.tensor2d(arrays.labels, [batch, anchors]),
      deltas: tf.tensor3d(arrays.deltas, [batch, anchors, 4]),
      classes: tf.tensor2d(arrays.classes, [batch, classNames.length]),
      ...(arrays.attention
        ? { attention: tf.tensor2d(arrays.attention, [batch, arrays.attention.length / batch]) }
        : {}),
    }
    return { tensors, films: chosen.map(({ id }) => id) }
  }

  const init = options.init
    ? fromNetworkTensors(options.init)
    : network.init(rng(seed).fork('weights'), [height, width, 1])
  return fitNetwork({
    step: compileStep(detectorStep(network, { seed, ...options.step }), options.compile),
    networkOf: detectorParams,
    state: detectorState(init),
    batches: batchOf,
    knobs: (step) => adamKnobs(step + 1, rate(step)),
    alsoLog: (step) => ({ learningRate: rate(step) }),
    steps,
    ...options.course,
  })
}
