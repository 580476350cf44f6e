// A layer without parameters that keeps the shape, from a function of a tensor; and the usual activations.
// Second gradients (gradient penalty) are silently wrong through tanh and sigmoid in tfjs 4.22: nets that need them end in
// logits and use relu or leakyRelu, both of which are right to any order.
import { leakyRelu as leakyReluOp } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Layer } from '../Network.ts'

/** Any function that keeps the shape, as a layer. */
export const pointwise = (f: (x: Tensor) => Tensor): Layer => ({
  init: () => ({}),
  outputShape: (shape) => [...shape],
  apply: (_, x) => ({ y: f(x), updates: {} }),
})

/** max(0, x). */
export const relu: Layer = pointwise((x) => tf.relu(x))

/** x where positive, else alpha · x. @default alpha .2, as DCGAN and PatchGAN */
export const leakyRelu = (alpha = 0.2): Layer => pointwise((x) => leakyReluOp(x, alpha))

/** To (-1, 1). Not under a gradient penalty, see above. */
export const tanh: Layer = pointwise((x) => tf.tanh(x))

/** To (0, 1). Not under a gradient penalty, see above. */
export const sigmoid: Layer = pointwise((x) => tf.sigmoid(x))
