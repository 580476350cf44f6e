// The donor on the pixels of the film, where a graft looks: the box and the pixels around it, whose steps Poisson blending
// takes over. By `resizeArea`'s definition (area average when shrinking, bilinear when growing), for a part of a film and
// any place of it. Used by prepareGraft.
import type { Box } from '@radiograft/geometry'

interface Taps {
  /** the donor's line of the first weight; lines beyond the film are its edge */
  readonly first: number
  readonly weights: ReadonlyArray<number>
}

/** @param at where on the donor the film's line begins, in lines of the donor; `step` long */
const tapsOf = (at: number, step: number): Taps => {
  if (step < 1) {
    const centre = at + step / 2 - 0.5
    const first = Math.floor(centre)
    return { first, weights: [1 - (centre - first), centre - first] }
  }
  const [first, end] = [Math.floor(at), Math.ceil(at + step)]
  const overlap = (k: number): number => Math.min(at + step, first + k + 1) - Math.max(at, first + k)
  return { first, weights: Array.from({ length: end - first }, (_, k) => overlap(k) / step) }
}

/** Lines of the film that are looked at along one axis, from the one before the box to the one after it. */
const linesOf = (from: number, to: number, size: number): readonly [first: number, end: number] => [
  Math.max(Math.ceil(from - 0.5) - 1, 0),
  Math.min(Math.ceil(to - 0.5) + 1, size),
]

export interface Donor {
  /** [rows · columns], row-major */
  readonly pixels: Float32Array
  readonly rows: number
  readonly columns: number
}

/**
 * @param box of the film; `donorBox` is what comes to lie on it
 * @returns [rows · columns] of the film: the donor in the box and the pixels around it, 0 elsewhere
 */
export const sampleDonor = (
  { pixels, ...donor }: Donor,
  donorBox: Box,
  box: Box,
  rows: number,
  columns: number,
): Float32Array => {
  const across = (donorBox[2] - donorBox[0]) / (box[2] - box[0])
  const down = (donorBox[3] - donorBox[1]) / (box[3] - box[1])
  const [left, right] = linesOf(box[0], box[2], columns)
  const [top, bottom] = linesOf(box[1], box[3], rows)
  const columnTaps = Array.from({ length: right - left }, (_, i) =>
    tapsOf(donorBox[0] + (left + i - box[0]) * across, across),
  )
  const within = (line: number, size: number): number => Math.min(Math.max(line, 0), size - 1)
  const out = new Float32Array(rows * columns)
  for (let y = top; y < bottom; y++) {
    const { first, weights } = tapsOf(donorBox[1] + (y - box[1]) * down, down)
    const lines = weights.map((_, k) => within(first + k, donor.rows) * donor.columns)
    for (let x = left; x < right; x++) {
      const taps = columnTaps[x - left]!
      let sum = 0
      for (let k = 0; k < weights.length; k++)
        for (let j = 0; j < taps.weights.length; j++)
          sum += weights[k]! * taps.weights[j]! * pixels[lines[k]! + within(taps.first + j, donor.columns)]!
      out[y * columns + x] = sum
    }
  }
  return out
}
