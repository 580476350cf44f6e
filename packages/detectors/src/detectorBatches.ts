// The batches that a detector trains on, as tensors: films augmented, with dense targets. A pure function of the step. Used by the trainer of `fit-detector`, and by whoever trains a detector together with something else.
import type { Box } from '@radiograft/geometry'
import * as tf from '@tensorflow/tfjs-core'
import type { AssignOptions } from './assignTargets.ts'
import type { AugmentOptions } from './augmentFilm.ts'
import { batchAssembler, type AttentionMap } from './batchAssembler.ts'
import type { DetectorConfig } from './detectorConfig.ts'
import { DetectorError } from './DetectorError.ts'
import type { DetectorBatch } from './detectorStep.ts'

export interface ListedFilm {
  readonly id: string
  /** in pixels; none on negatives */
  readonly boxes: ReadonlyArray<Box>
  /** index of its class */
  readonly class: number
}

/** Pixels and map of some films, in the order asked for. */
export type ReadFilms = (
  ids: ReadonlyArray<string>,
) => Promise<ReadonlyArray<{ readonly pixels: Float32Array; readonly attention?: AttentionMap | undefined }>>

export interface DetectorBatchOptions {
  readonly seed: number
  /** the films of a step's batch, as indices; always as many */
  readonly order: (step: number) => ArrayLike<number>
  readonly augment?: AugmentOptions
  readonly assign?: AssignOptions
}

/**
 * Half of a batch's films with boxes and half without, where there are both kinds: for `balancedOrder` of
 * @radiograft/training.
 */
export const balanceOf = (
  films: ReadonlyArray<Pick<ListedFilm, 'boxes'>>,
  batch: number,
): {
  readonly positives: ReadonlyArray<number>
  readonly negatives: ReadonlyArray<number>
  readonly count: { readonly positives: number; readonly negatives: number }
} => {
  const at = (having: boolean): number[] => films.flatMap((film, i) => (film.boxes.length > 0 === having ? [i] : []))
  const [positives, negatives] = [at(true), at(false)]
  const share = positives.length === 0 ? 0 : negatives.length === 0 ? batch : Math.floor(batch / 2)
  return { positives, negatives, count: { positives: share, negatives: batch - share } }
}

/** @throws DetectorError when there is no film */
export const detectorBatches = (
  films: ReadonlyArray<ListedFilm>,
  read: ReadFilms,
  { height, width, levels, classNames }: Pick<DetectorConfig, 'height' | 'width' | 'levels' | 'classNames'>,
  { seed, order, augment, assign }: DetectorBatchOptions,
): ((step: number) => Promise<{ readonly tensors: Partial<DetectorBatch>; readonly films: ReadonlyArray<string> }>) => {
  if (films.length === 0) throw new DetectorError('fit-detector', 'the training part of the split has no film')
  const assemble = batchAssembler(
    { height, width, levels, classes: classNames.length },
    { seed, ...(augment ? { augment } : {}), ...(assign ? { assign } : {}) },
  )
  return async (step) => {
    const chosen = Array.from(order(step), (i) => films[i]!)
    const batch = chosen.length
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
}
