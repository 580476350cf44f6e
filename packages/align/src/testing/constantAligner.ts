// An aligner that answers the same θ to every film: its last bias is θ less the identity, all other weights are 0. Used by
// tests that need to know the answer.
import { identityTheta, type Theta } from '@radiograft/geometry'
import type { Params } from '@radiograft/nn'
import type { Rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import { spatialTransformer } from '../networks/spatialTransformer.ts'

// Names and shapes are wanted, not numbers: drawing 11 million normals takes ten seconds inside Jest.
const blank = {
  fork: () => blank,
  normals: (n: number) => new Float32Array(n),
  uniforms: (n: number) => new Float32Array(n),
} as unknown as Rng

/** Parameters of the network with nothing drawn: convolutions are 0, norms 1, θ the identity. */
export const blankParams = (size: number): Params => spatialTransformer({ size }).init(blank, [size, size, 1])

export const constantAligner = (size: number, theta: Theta): Params => {
  const params = blankParams(size)
  tf.dispose(params['head.bias']!)
  return { ...params, 'head.bias': tf.tensor1d(theta.map((v, i) => v - identityTheta[i]!)) }
}
