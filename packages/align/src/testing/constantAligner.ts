// An aligner that answers the same θ to every film: its last bias is what the network turns into θ, all
// other weights are 0. Used by
// tests that need to know the answer.
import { identityTheta, type Theta } from '@radiograft/geometry'
import type { Params } from '@radiograft/nn'
import type { Rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import { spatialTransformer, THETA_LIMIT } from '../networks/spatialTransformer.ts'

// Names and shapes are wanted, not numbers: drawing 11 million normals takes ten seconds inside Jest.
const blank = {
  fork: () => blank,
  normals: (n: number) => new Float32Array(n),
  uniforms: (n: number) => new Float32Array(n),
} as unknown as Rng

/** Parameters of the network with nothing drawn: convolutions are 0, norms 1, θ the identity. */
export const blankParams = (size: number): Params => spatialTransformer({ size }).init(blank, [size, size, 1])

/** The last layer's bias that makes the network answer θ, whose numbers lie within `THETA_LIMIT` of the identity's. */
export const biasFor = (size: number, theta: Theta): Float32Array => {
  const inputs = (size / 32) ** 2 * 512
  return Float32Array.from(
    theta,
    (v, i) => THETA_LIMIT * Math.sqrt(inputs) * Math.atanh((v - identityTheta[i]!) / THETA_LIMIT),
  )
}

export const constantAligner = (size: number, theta: Theta): Params => {
  const params = blankParams(size)
  tf.dispose(params['head.bias']!)
  return { ...params, 'head.bias': tf.tensor1d(biasFor(size, theta)) }
}
