// The generator of answer 10: a mean film and principal components, in units of their deviations, so that a latent of normal numbers
// gives films as varied as those it was made of.
import type { FrozenGenerator } from '@radiograft/gan-models'
import { psnr } from '@radiograft/metrics'
import * as tf from '@tensorflow/tfjs-core'
import type { Film } from './linearReader.ts'
import { mean } from './mean.ts'
import { coordinates, filmAt, type PrincipalComponents } from './principalComponents.ts'

/** G, [k, p] row-major: row i is direction i times its deviation. */
export const latentWeights = ({ directions, deviations }: PrincipalComponents, k: number): Float32Array => {
  const pixels = directions[0]!.length
  const weights = new Float32Array(k * pixels)
  for (let i = 0; i < k; i++)
    weights.set(
      directions[i]!.map((v) => v * deviations[i]!),
      i * pixels,
    )
  return weights
}

/** Latents [B, k] → films [B, size, size, 1], z G + mean. */
export const linearGenerator = (components: PrincipalComponents, k: number, size: number): FrozenGenerator => {
  const weight = tf.tensor2d(latentWeights(components, k), [k, size ** 2])
  const middle = tf.tensor2d(Float32Array.from(components.mean), [1, size ** 2])
  return {
    params: { weight, middle },
    generate: (z) => tf.reshape(tf.add(tf.matMul(z, weight), middle), [-1, size, size, 1]),
  }
}

/** Mean PSNR in dB of films in [0, 1] and the nearest that k components can say. */
export const reconstructionDb = (components: PrincipalComponents, films: readonly Film[], k: number): number =>
  mean(films.map((film) => psnr(filmAt(components, coordinates(components, film, k)), film)))
