// A convolution of ones, torch's padding, Adam's first step, the count of a layer, a schedule.
import {
  adamInit,
  adamKnobs,
  adamStep,
  conv2d,
  linearDecay,
  ones,
  parameterCount,
  valueAndGradients,
  zeros,
} from '@radiograft/nn'
import type { Layer, Params, Schedule } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs'

const layer: Layer = conv2d({ inC: 1, outC: 1, kernel: 3, padding: 1, weightInit: ones, biasInit: zeros })
const params: Params = layer.init(rng('seed'), [3, 3, 1])
console.log(parameterCount(params)) // 10

// windows of ones within the film: 4 at corners, 6 at edges, 9 in the middle
const y = layer.apply(params, tf.ones([1, 3, 3, 1]), { training: true }).y
console.log(Array.from(y.dataSync()).join(' ')) // 4 6 4 6 9 6 4 6 4

// d/db mean (y − 0)² = 2 mean y = 2 · 49/9, positive: Adam's first step lowers b by the rate, whatever the size
const { loss, gradients } = valueAndGradients(
  (p) => ({ loss: tf.mean(tf.square(layer.apply(p, tf.ones([1, 3, 3, 1]), { training: true }).y)), aux: {} }),
  params,
)
console.log(loss.dataSync()[0]?.toFixed(3)) // 32.111
const next = adamStep(params, gradients, adamInit(params), adamKnobs(1, 0.5)).params
console.log(gradients['bias']?.dataSync()[0]?.toFixed(3), next['bias']?.dataSync()[0]?.toFixed(4)) // 10.889 -0.5000

const rate: Schedule = linearDecay({ from: 1, steps: 4 })
console.log([0, 1, 2, 4].map(rate)) // [ 1, 0.75, 0.5, 0 ]
