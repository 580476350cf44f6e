// What chance finds with as many calls of the classifier: the best of K random latents, beside which `optimiseLatent` is judged.
import type { Rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import { GanModelsError } from '../GanModelsError.ts'
import { drawLatent } from './drawLatent.ts'
import type { ClassScore, FrozenGenerator } from './FrozenGenerator.ts'
import { whileFrozen } from './whileFrozen.ts'

export interface BestOfRandom {
  /** [d], of the generator's prior */
  readonly z: Float32Array
  readonly score: number
  /** [calls], in the order drawn */
  readonly scores: Float64Array
  /** films that the classifier judged */
  readonly calls: number
}

/**
 * Latents are of the generator's prior. Of equal scores the first drawn is best.
 * @param problem.size d @param problem.calls K, `optimiseLatent`'s own
 * @throws GanModelsError when the generator's parameters changed, or the score is not one finite number a film
 */
export const bestOfRandom = (
  problem: {
    readonly generator: FrozenGenerator
    readonly score: ClassScore
    readonly size: number
    readonly calls: number
  },
  rng: Rng,
  /** films at once; the result does not depend on it @default batch 16 */
  { batch = 16 }: { readonly batch?: number } = {},
): Promise<BestOfRandom> => {
  const { generator, score, size, calls } = problem
  for (const [name, value] of Object.entries({ size, calls, batch }))
    if (!(Number.isInteger(value) && value > 0)) throw new GanModelsError(name, `must be 1 or more, got ${value}`)
  return whileFrozen(generator.params, async () => {
    const scores = new Float64Array(calls)
    let best = { z: new Float32Array(size), score: -Infinity }
    for (let from = 0; from < calls; from += batch) {
      const latents = Array.from({ length: Math.min(batch, calls - from) }, () =>
        Float32Array.from(drawLatent(generator.prior ?? 'sphere', size, rng)),
      )
      const found = tf.tidy(() => {
        const z = tf.tensor2d(Float32Array.from(latents.flatMap((latent) => [...latent])), [latents.length, size])
        return score(generator.generate(z))
      })
      const values = await found.data()
      tf.dispose(found)
      if (values.length !== latents.length || !values.every((v) => Number.isFinite(v)))
        throw new GanModelsError('score', `gives no finite number for each of ${latents.length} films`)
      latents.forEach((z, i) => {
        scores[from + i] = values[i]!
        if (values[i]! > best.score) best = { z, score: values[i]! }
      })
    }
    return { ...best, scores, calls }
  })
}
