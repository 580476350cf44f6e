// Boxes back through a map, and a transformer that starts at the identity whatever it sees.
import { agreementOf, restoreBox, spatialTransformer, type Agreement } from '@radiograft/align'
import { rng } from '@radiograft/random'
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'

// an aligned film that shows half the width, shifted by a quarter of the film: u = x / 2 + .5
console.log(restoreBox([0, 0, 64, 128], [0.5, 0, 0.5, 0, 1, 0], 128, 128)) // [ 64, 0, 96, 128 ]

// undone exactly: nothing is left of a shift of .1 film widths each way
const poses = [
  [1, 0, 0.2, 0, 1, 0],
  [1, 0, -0.2, 0, 1, 0],
] as const
const thetas = [
  [1, 0, -0.2, 0, 1, 0],
  [1, 0, 0.2, 0, 1, 0],
] as const
const { after, before, determinant }: Agreement = agreementOf({ poses, thetas })
console.log(after.toFixed(3), before.toFixed(3), determinant) // 0.000 0.200 1

const network = spatialTransformer({ size: 32 })
const { y } = network.apply(network.init(rng('weights'), [32, 32, 1]), tf.fill([1, 32, 32, 1], 0.3), {
  training: false,
})
console.log(Array.from(y.dataSync()).join(' ')) // 1 0 0 0 1 0
