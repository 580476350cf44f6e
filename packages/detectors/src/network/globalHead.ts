// The global label head (row G17-4, after row G18): which class the whole film is. False positives on films without boxes
// decide the metric, and a whole film says more about them than any box. Used by the network.
import type { Layer } from '@radiograft/nn'
import { dense, dropout, scope, unscope } from '@radiograft/nn'
import { withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'

/**
 * x `[B, H, W, inC]`, the backbone's last feature map → logits `[B, classes]`: mean and maximum over the map side by side,
 * dropout, one fully connected layer. [6] halves the map and has a 3x3 convolution before; at 128² the map is 4x4 already.
 * @param rate of dropout @default .5 ([6]: .75)
 */
export const globalHead = ({
  inC,
  classes,
  rate = 0.5,
}: {
  readonly inC: number
  readonly classes: number
  readonly rate?: number
}): Layer => {
  const fc = dense({ inC: 2 * inC, outC: classes })
  const drop = dropout({ rate })
  return {
    init: (rng) => unscope(fc.init(rng.fork('fc'), [2 * inC]), 'fc'),
    outputShape: () => [classes],
    apply: (params, x, ctx) => {
      const pooled = tf.concat([tf.mean(x, [1, 2]), tf.max(x, [1, 2])], 1)
      const { y } = withOpScope('dropout', () => drop.apply({}, pooled, ctx))
      return withOpScope('fc', () => ({ y: fc.apply(scope(params, 'fc'), y, ctx).y, updates: {} }))
    },
  }
}
