// Precision and recall at the checks of a training: of latents, validation films and training films that are the same each time. Real
// films are read once for each side at which they are compared. Used by `progressiveTurn`.
import type { Rows } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import { comparedPixels, comparedSide, coverage, type Coverage } from '../progressive/coverage.ts'
import { fadeReals } from '../progressive/fade.ts'
import type { GrowthPlace } from '../progressive/growthSchedule.ts'
import type { RealFilms } from './RealFilms.ts'

/** With fewer films there are no shares to speak of: each is a tenth, which is the collapse alarm's limit. */
const LEAST = 10

/** Films of each set that are compared: as many as asked for or as there are, 0 where that is too few. */
export const comparedFilms = ({ ids, validation }: Pick<RealFilms, 'ids' | 'validation'>, most: number): number => {
  const films = Math.min(most, ids.length, validation.length)
  return films < LEAST ? 0 : films
}

export interface CoverageCheckOptions {
  readonly seed: number
  /** of `comparedFilms`, 1 or more */
  readonly count: number
  /** numbers in a latent */
  readonly latent: number
  /** films that the generator makes at once */
  readonly atOnce: number
}

/**
 * @returns the look at a generator (latents [B, latent] → films [B, R, R, 1]) at a place of its growth; real films are as blurred as
 *   its own while a resolution is faded in
 */
export const coverageCheck = (
  { ids, validation, read }: RealFilms,
  { seed, count, latent, atOnce }: CoverageCheckOptions,
): ((
  generate: (latents: tf.Tensor2D) => tf.Tensor,
  place: Pick<GrowthPlace, 'phase' | 'alpha'>,
) => Promise<Coverage>) => {
  const chosen = (which: ReadonlyArray<string>, name: string): string[] => {
    const order = rng(seed).fork('coverage').fork(name).permutation(which.length)
    return Array.from(order.subarray(0, count), (i) => which[i]!)
  }
  const sets = { validation: chosen(validation, 'validation'), training: chosen(ids, 'training') } as const
  // those of the milestones come first
  const latents = rng(seed)
    .fork('samples')
    .normals(count * latent)
  const known = new Map<string, Float32Array>()
  const pixelsOf = async (set: keyof typeof sets, side: number): Promise<Float32Array> => {
    const found = known.get(`${set} ${side}`)
    if (found) return found
    const pixels = new Float32Array(count * side ** 2)
    // so many at a time, because films may be large
    for (let at = 0; at < count; at += atOnce)
      for (const [i, film] of (await read(side)(sets[set].slice(at, at + atOnce))).entries())
        pixels.set(film, (at + i) * side ** 2)
    known.set(`${set} ${side}`, pixels)
    return pixels
  }
  const rows = (values: Float32Array, side: number): Rows => ({ values, rows: count, columns: side ** 2 })

  return async (generate, { phase, alpha }) => {
    const side = comparedSide(phase.resolution)
    // a blur that is gone once 2×2 boxes are averaged is not looked for
    const blurs = phase.fading && side === phase.resolution
    const seen = async (set: keyof typeof sets): Promise<Float32Array> => {
      const values = await pixelsOf(set, side)
      if (!blurs) return values
      return tf.tidy(() => comparedPixels(fadeReals(tf.tensor4d(values, [count, side, side, 1]), alpha), side))
    }
    const generated = new Float32Array(count * side ** 2)
    for (let at = 0; at < count; at += atOnce) {
      const some = latents.subarray(at * latent, (at + atOnce) * latent)
      const made = tf.tidy(() => comparedPixels(generate(tf.tensor2d(some, [some.length / latent, latent])), side))
      generated.set(made, at * side ** 2)
    }
    return coverage({
      validation: rows(await seen('validation'), side),
      training: rows(await seen('training'), side),
      generated: rows(generated, side),
    })
  }
}
