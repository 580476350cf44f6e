// A stored detector as a TensorFlow SavedModel: films as they are stored in, scored boxes in their pixels out, no program
// of ours needed. Non-maximum suppression is the caller's, as here (`detectionsOf`).
import type { Params } from '@radiograft/nn'
import { exportSavedModel, storedFilms, withOpScope } from '@radiograft/tensor'
import type { StoredFilms } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { anchors, cellsOf } from './anchors.ts'
import { defaultDeltaStd, MAX_LOG_SIZE } from './boxDeltas.ts'
import type { DetectorConfig } from './detectorConfig.ts'
import { retinaNet } from './network/retinaNet.ts'

export interface ExportDetectorOptions {
  /** Gets `saved_model.pb`; made when it is missing. */
  readonly folder: string
  /** How films are stored. Their size and their number a call are fixed in the file. */
  readonly films: StoredFilms
}

/** `decodeBoxes` in the graph. @param deltas [B, A, 4]; @param scale pixels of the stored film a pixel of the detector's */
const decoded = (
  deltas: Tensor,
  grid: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
  scale: { readonly x: number; readonly y: number },
): Tensor => {
  const count = grid.length / 4
  const column = (at: (i: number) => number): Tensor =>
    tf.tensor2d(
      Float32Array.from({ length: count }, (_, i) => at(4 * i)),
      [1, count],
    )
  const [w, h] = [column((i) => grid[i + 2]! - grid[i]!), column((i) => grid[i + 3]! - grid[i + 1]!)]
  const [cx, cy] = [column((i) => (grid[i]! + grid[i + 2]!) / 2), column((i) => (grid[i + 1]! + grid[i + 3]!) / 2)]
  const [dx, dy, dw, dh] = tf.unstack(tf.mul(deltas, tf.tensor1d([...defaultDeltaStd])), 2) as [
    Tensor,
    Tensor,
    Tensor,
    Tensor,
  ]
  const sized = (d: Tensor, anchor: Tensor): Tensor => tf.mul(anchor, tf.exp(tf.minimum(d, MAX_LOG_SIZE)))
  const placed = (d: Tensor, anchor: Tensor, centre: Tensor): Tensor => tf.add(centre, tf.mul(d, anchor))
  const edges = (centre: Tensor, side: Tensor, limit: number, factor: number): Tensor[] =>
    [-0.5, 0.5].map((half) => tf.mul(tf.clipByValue(tf.add(centre, tf.mul(side, half)), 0, limit), factor))
  const [x0, x1] = edges(placed(dx, w, cx), sized(dw, w), width, scale.x) as [Tensor, Tensor]
  const [y0, y1] = edges(placed(dy, h, cy), sized(dh, h), height, scale.y) as [Tensor, Tensor]
  return tf.stack([x0, y0, x1, y1], 2)
}

/**
 * Input `films` [batch, height, width]; a detector with attention takes `attention` [batch, Σ cells] in [0, 1] too, rows
 * of `attentionPyramid`. Outputs `boxes` [batch, A, 4] x0 y0 x1 y1 in pixels of the stored film and clipped to it, `scores`
 * [batch, A] and `film` [batch], the probability that the film is positive.
 * @param params become part of the file
 * @returns bytes written
 */
export const exportDetector = (
  config: DetectorConfig,
  params: Params,
  { folder, films }: ExportDetectorOptions,
): number => {
  const { height, width, levels, positiveClasses } = config
  const network = retinaNet(config.network)
  const grid = anchors(height, width, { levels })
  const positive = Array.from({ length: network.options.classes }, (_, c) => (positiveClasses.includes(c) ? 1 : 0))
  const { input, toSigned } = storedFilms(films)
  const cells = levels.reduce((sum, { level }) => sum + cellsOf(height, level) * cellsOf(width, level), 0)
  const scale = { x: films.width / width, y: films.height / height }
  return exportSavedModel(
    ({ films: pixels, attention }) => {
      const x = withOpScope('films', () => toSigned(pixels!, { height, width }))
      const { y } = network.apply(params, x, { training: false }, attention)
      return {
        boxes: withOpScope('boxes', () => decoded(y.deltas, grid, { height, width }, scale)),
        scores: tf.sigmoid(y.logits),
        film: tf.sum(tf.mul(tf.softmax(y.global), tf.tensor1d(positive)), 1),
      }
    },
    {
      folder,
      inputs: {
        films: input,
        ...(network.options.attention ? { attention: { shape: [input.shape[0]!, cells] } } : {}),
      },
    },
  )
}
