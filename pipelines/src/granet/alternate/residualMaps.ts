// Residual attention inside the graph (row G15): what `residual`, `normaliseAttention` and `attentionPyramid` do with stored
// films, as one differentiable function of the generator's parameters, so that a detector's loss can reach them (row G34).
import { cellsOf, type DetectorConfig } from '@radiograft/detectors'
import { areaResize, withOpScope } from '@radiograft/tensor'
import type { Layer, Params } from '@radiograft/nn'
import * as tf from '@tensorflow/tfjs-core'

/**
 * @param films [B, H, W, 1] in [−1, 1]; the generator sees them box-averaged to `size`
 * @returns [B, Σ cells] in [0, 1], rows as `attentionPyramid` makes them
 */
export const residualMaps = (
  generator: Layer,
  params: Params,
  films: tf.Tensor,
  size: number,
  {
    attention,
    height,
    width,
    levels,
  }: Pick<DetectorConfig, 'height' | 'width' | 'levels'> & {
    readonly attention: NonNullable<DetectorConfig['attention']>
  },
): tf.Tensor => {
  const seen = withOpScope('residual', () => areaResize(films, size, size))
  const { y } = withOpScope('generator', () => generator.apply(params, seen, { training: false }))
  return withOpScope('residual', () => {
    // in [−1, 1] a difference is twice that in [0, 1], where the reference is told
    const residual = tf.mul(tf.abs(tf.sub(seen, y)), 0.5)
    const one =
      attention.by === 'constant'
        ? tf.scalar(attention.reference)
        : tf.maximum(tf.max(residual, [1, 2, 3], true), attention.reference)
    const map = tf.minimum(tf.div(residual, one), 1)
    const [batch = 0] = films.shape
    return tf.concat(
      levels.map(({ level }) => {
        const [h, w] = [cellsOf(height, level), cellsOf(width, level)]
        return tf.reshape(areaResize(map, h, w), [batch, h * w])
      }),
      1,
    )
  })
}
