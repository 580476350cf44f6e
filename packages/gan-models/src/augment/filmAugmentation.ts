// Differentiable augmentation of what a discriminator sees, for few films: each change happens to a film with probability p, to
// real and generated films alike, so that the discriminator cannot learn the real ones by heart and the generator is not taught
// the changes. The idea and the probability are Karras et al. 2020 (ADA), the changes mostly Zhao et al. 2020 (DiffAugment),
// milder, and those that a chest film can have. Used by the steps of both GANs.
import { statelessUniform, withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import { GanModelsError } from '../GanModelsError.ts'
import { changedFilms, type FilmChanges } from './changedFilms.ts'

/**
 * Films [B, H, W, C] in [−1, 1] → the same shape; differentiable twice.
 * @param seed int32 [2] of `stepSeed`: equal seeds give equal changes
 * @param p probability of each change, in [0, 1]; at 0 films stay as they are
 */
export type Augment = (films: tf.Tensor, seed: tf.Tensor, p: tf.Tensor | number) => tf.Tensor

export type AugmentationOptions = {
  /** Largest shift of grey, of a range of 2; 0 turns it off. @default .2 */
  readonly brightness?: number
  /** Largest change of the contrast's factor, which is 1; 0 turns it off. @default .5 */
  readonly contrast?: number
  /** Largest move along an axis, as a share of the side; 0 turns it off. @default .125 */
  readonly translation?: number
  /** What comes in there: the mirror image, or black. @default reflect */
  readonly outside?: 'reflect' | 'black'
  /** Side of the box that is left out, as a share of the film's; 0 turns it off. @default .25 */
  readonly cutout?: number
  /** Mirror left and right; half of the films that are chosen. Hearts lie left: it is no change that keeps what a film shows. @default false */
  readonly flip?: boolean
}

/** Numbers drawn for each film; drawn all whatever is turned off, so that the other changes stay as they are. */
const DRAWS = 12

/** 1 where u < p, else 0, for both in [0, 1]; without a comparison, which has no second derivative in tfjs. */
const chosen = (u: tf.Tensor, p: tf.Tensor | number): tf.Tensor => tf.sub(1, wholePart(tf.add(tf.sub(u, p), 1)))

/** Of numbers from 0. */
const wholePart = (x: tf.Tensor): tf.Tensor => tf.cast(tf.cast(x, 'int32'), 'float32')

/** −most … most, each as likely. */
const wholeWithin = (u: tf.Tensor, most: number): tf.Tensor => tf.sub(wholePart(tf.mul(u, 2 * most + 1)), most)

/** Uniform in ± most. */
const within = (u: tf.Tensor, most: number): tf.Tensor => tf.mul(tf.sub(tf.mul(u, 2), 1), most)

/** @throws GanModelsError when a strength is none */
const check = (options: Readonly<Record<'brightness' | 'contrast' | 'translation' | 'cutout', number>>): void => {
  const most = { brightness: 2, contrast: 1, translation: 0.5, cutout: 1 }
  for (const [name, limit] of Object.entries(most)) {
    const value = options[name as keyof typeof options]
    if (!(value >= 0 && value <= limit))
      throw new GanModelsError(`augmentation.${name}`, `${value} is not from 0 to ${limit}; 0 turns it off`)
  }
}

/** @throws GanModelsError when an option is out of its range */
export const filmAugmentation = ({
  brightness = 0.2,
  contrast = 0.5,
  translation = 0.125,
  outside = 'reflect',
  cutout = 0.25,
  flip = false,
}: AugmentationOptions = {}): Augment => {
  check({ brightness, contrast, translation, cutout })
  const changes = (u: ReadonlyArray<tf.Tensor>, p: tf.Tensor | number, h: number, w: number): FilmChanges => {
    const at = (i: number): tf.Tensor => u[i]!
    const moves = chosen(at(4), p)
    return {
      ...(brightness > 0 && { brightness: tf.mul(chosen(at(0), p), within(at(1), brightness)) }),
      ...(contrast > 0 && { contrast: tf.add(1, tf.mul(chosen(at(2), p), within(at(3), contrast))) }),
      ...(translation > 0 && {
        down: tf.mul(moves, wholeWithin(at(5), Math.floor(h * translation))),
        right: tf.mul(moves, wholeWithin(at(6), Math.floor(w * translation))),
      }),
      ...(cutout > 0 && {
        box: chosen(at(7), p),
        boxRow: wholePart(tf.mul(at(8), h)),
        boxColumn: wholePart(tf.mul(at(9), w)),
      }),
      ...(flip && { flip: tf.mul(chosen(at(10), p), chosen(at(11), 0.5)) }),
    }
  }
  return (films, seed, p) =>
    withOpScope('augment', () => {
      const [b, h, w] = films.shape as [number, number, number]
      const u = tf.unstack(statelessUniform([DRAWS, b, 1, 1, 1], seed))
      const boxReach = Math.round((cutout * Math.min(h, w) - 1) / 2)
      return changedFilms(films, changes(u, p, h, w), { outside, boxReach: Math.max(0, boxReach) })
    })
}
