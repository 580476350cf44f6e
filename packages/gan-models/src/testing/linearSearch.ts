// A search of latents whose answer is known: a linear generator and a logistic classifier. Used by tests.
import { rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import type { ClassScore, FrozenGenerator } from '../latent/FrozenGenerator.ts'

export const D = 8
const SIDE = 4
export const PIXELS = SIDE * SIDE

/** Films G z, [B, 4, 4, 1]; G is [d, pixels], a parameter. */
export const linear = (G: tf.Tensor2D): FrozenGenerator => ({
  params: { weight: G },
  generate: (z) => tf.reshape(tf.matMul(z, G), [-1, SIDE, SIDE, 1]),
})
/** logit w · film + b, or its probability */
export const logistic =
  (w: Float32Array, b: number, probability = false): ClassScore =>
  (films) => {
    const logit = tf.add(tf.matMul(tf.reshape(films, [-1, PIXELS]), tf.tensor2d(w, [PIXELS, 1])), b)
    return probability ? tf.sigmoid(logit) : logit
  }
export const numbers = (name: string, n: number): Float32Array => rng('latent test').fork(name).normals(n)
export const gap = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (v, i) => Math.abs(v - b[i]!)))
