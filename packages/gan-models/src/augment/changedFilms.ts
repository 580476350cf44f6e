// Changes of films that keep what a film shows: grey, place, a small box left out. Every film has its own. Each change is linear
// in the film and made of ops that may be differentiated twice, so that a gradient penalty may pass through.
import * as tf from '@tensorflow/tfjs-core'

/** What is done to each film, [B, 1, 1, 1] all; what is left out is not done. */
export type FilmChanges = {
  /** Added to every pixel. */
  readonly brightness?: tf.Tensor
  /** Factor of the distance from the film's mean. */
  readonly contrast?: tf.Tensor
  /** Whole pixels, less than the side. */
  readonly down?: tf.Tensor
  readonly right?: tf.Tensor
  /** 1 mirrors left and right, 0 does not; before the film is moved. */
  readonly flip?: tf.Tensor
  /** 1 leaves a box out, 0 does not. */
  readonly box?: tf.Tensor
  /** Its middle, whole pixels. */
  readonly boxRow?: tf.Tensor
  readonly boxColumn?: tf.Tensor
}

export type ChangeOptions = {
  /** What comes in where a film is moved away: its mirror image without the edge, or black (−1). */
  readonly outside: 'reflect' | 'black'
  /** A box has 2 · reach + 1 pixels a side. */
  readonly boxReach: number
}

/** A 0 to length − 1, laid along one axis of four. */
const along = (axis: 1 | 2, length: number): tf.Tensor => {
  const shape = [1, 1, 1, 1]
  shape[axis] = length
  return tf.reshape(tf.range(0, length, 1, 'float32'), shape)
}

/**
 * [B, L, L]: row i has its 1 at the pixel that moves to i, by the tent relu(1 − |j − source|) at whole numbers; no 1 where
 * nothing does.
 */
const moving = (
  length: number,
  by: tf.Tensor,
  outside: ChangeOptions['outside'],
  flip: tf.Tensor | undefined,
): tf.Tensor => {
  let source = tf.sub(along(1, length), by)
  if (outside === 'reflect') source = tf.sub(length - 1, tf.abs(tf.sub(length - 1, tf.abs(source))))
  if (flip) source = tf.add(source, tf.mul(flip, tf.sub(length - 1, tf.mul(source, 2))))
  const tent = tf.relu(tf.sub(1, tf.abs(tf.sub(along(2, length), source))))
  return tf.reshape(tent, [tent.shape[0], length, length])
}

/** @param matrices [B, H, H] */
const rowsMoved = (films: tf.Tensor, matrices: tf.Tensor): tf.Tensor => {
  const [b, h, w, c] = films.shape as [number, number, number, number]
  return tf.reshape(tf.matMul(matrices as tf.Tensor3D, tf.reshape(films, [b, h, w * c]) as tf.Tensor3D), [b, h, w, c])
}

const moved = (films: tf.Tensor, { down, right, flip }: FilmChanges, outside: ChangeOptions['outside']): tf.Tensor => {
  const [b, h, w] = films.shape as [number, number, number]
  const still = (): tf.Tensor => tf.zeros([b, 1, 1, 1])
  const turned = (x: tf.Tensor): tf.Tensor => tf.transpose(x, [0, 2, 1, 3])
  let x = films
  if (down) x = rowsMoved(x, moving(h, down, outside, undefined))
  if (right || flip) x = turned(rowsMoved(turned(x), moving(w, right ?? still(), outside, flip)))
  return x
}

/** 1 within reach of a middle, 0 elsewhere, at whole numbers. */
const near = (middle: tf.Tensor, positions: tf.Tensor, reach: number): tf.Tensor =>
  tf.relu(tf.sub(1, tf.relu(tf.sub(tf.abs(tf.sub(positions, middle)), reach))))

/**
 * Grey first, then place, then the box, whose pixels become 0, the middle of the range. Nothing is cut to [−1, 1].
 * @param films [B, H, W, C] in [−1, 1] → the same shape
 */
export const changedFilms = (
  films: tf.Tensor,
  changes: FilmChanges,
  { outside, boxReach }: ChangeOptions,
): tf.Tensor => {
  const { brightness, contrast, down, right, flip, box, boxRow, boxColumn } = changes
  const [, h, w] = films.shape as [number, number, number]
  let x = films
  if (contrast) {
    // (x − mean) · contrast + mean, so that a factor of 1 leaves the last bit as it is
    const difference = tf.sub(x, tf.mean(x, [1, 2, 3], true))
    x = tf.add(x, tf.mul(difference, tf.sub(contrast, 1)))
  }
  if (brightness) x = tf.add(x, brightness)
  if (down || right || flip) {
    const from = moved(x, changes, outside)
    // −1 where nothing came from
    x = outside === 'black' ? tf.add(from, tf.sub(moved(tf.onesLike(x), changes, outside), 1)) : from
  }
  if (box && boxRow && boxColumn) {
    const within = tf.mul(near(boxRow, along(1, h), boxReach), near(boxColumn, along(2, w), boxReach))
    x = tf.mul(x, tf.sub(1, tf.mul(within, box)))
  }
  return x
}
