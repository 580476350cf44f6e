// What is looked at while a progressive GAN trains, on latents and real films that are the same each time: numbers from which
// collapse and a saturated critic are judged later. The generator is the one that trains, for its average answers late.
import { scope, type Params } from '@radiograft/nn'
import * as tf from '@tensorflow/tfjs-core'
import { fadeReals } from './fade.ts'
import { partsOf } from './partsOf.ts'
import { pairwiseDistance } from './pairwiseDistance.ts'
import { C, G, type ProgressiveNetworks } from './progressiveState.ts'
import { separation } from './separation.ts'

/** Same numbers of latents [N, latent] and real films [N, R, R, C] in [−1, 1]; `group` of the critic divides N. */
export type CheckInputs = {
  readonly latents: tf.Tensor
  readonly real: tf.Tensor
  readonly alpha: number
  /** films of which the critic takes the deviation together. @default all of them */
  readonly group?: number
}

/**
 * `diversity` and `realDiversity`: mean pairwise distance of generated and of real films, in grey values of [−1, 1], both as blurred as
 * the fade is. `separation`: share of pairs that the critic tells apart. `realScore`, `fakeScore`: its means.
 */
export type CheckValues = Readonly<
  Record<'diversity' | 'realDiversity' | 'separation' | 'realScore' | 'fakeScore', number>
>

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length

/** Films of a tensor [N, …] one by one. */
const rows = (films: tf.Tensor): Float32Array[] => {
  const [n, values] = [films.shape[0], films.dataSync() as Float32Array]
  return Array.from({ length: n }, (_, i) => values.subarray((i * values.length) / n, ((i + 1) * values.length) / n))
}

export const progressiveCheck = (
  { generator, critic }: ProgressiveNetworks,
  state: Params,
  { latents, real, alpha, group = real.shape[0] }: CheckInputs,
): CheckValues =>
  tf.tidy(() => {
    const context = { training: false, alpha }
    const parts = partsOf(real.shape[0], real.shape[1]!, group)
    const part = (of: tf.Tensor, { from, count }: (typeof parts)[number]): tf.Tensor =>
      tf.slice(of, [from, ...of.shape.slice(1).map(() => 0)], [count, ...of.shape.slice(1)])
    const fake = tf.concat(
      parts.map((one) => tf.tidy(() => generator.apply(scope(state, G), part(latents, one), context).y)),
    )
    const seen = generator.fading ? fadeReals(real, alpha) : real
    const score = (films: tf.Tensor): ReadonlyArray<number> =>
      parts.flatMap((one) => tf.tidy(() => [...critic.apply(scope(state, C), part(films, one), context).y.dataSync()]))
    const [realScores, fakeScores] = [score(seen), score(fake)]
    return {
      diversity: pairwiseDistance(rows(fake)),
      realDiversity: pairwiseDistance(rows(seen)),
      separation: separation(realScores, fakeScores),
      realScore: mean(realScores),
      fakeScore: mean(fakeScores),
    }
  })
