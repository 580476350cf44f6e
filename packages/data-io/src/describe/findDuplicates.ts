// Films that look the same: all pairs of thumbnails whose correlation reaches a bound, found without multiplying out all
// pairs. Used by `radiograft data`.
import { lowWaves } from './lowWaves.ts'

export interface LikePair {
  /** places in the list of thumbnails, a < b */
  readonly a: number
  readonly b: number
  readonly correlation: number
}

/**
 * Correlation from which films count as the same. Of 5,564 real films (151 + 186 of RSNA, 413 + 749 of NIH, 4,065 of
 * Kermany, each set by itself), no two of different patients reach 0.98 and none of one patient 0.985. A film of 224
 * pixels or more that was moved by a pixel, made lighter, saved as JPEG of quality 50 or given another gamma (1.2) keeps
 * 0.991 or more; one of 64 pixels that was moved by a pixel does not (0.88 to 0.95), nor one cropped by 2 % (0.87 to 0.98).
 */
export const SAME_FILM = 0.99

/** Coordinates that decide nearly all comparisons. */
const HEAD = 32

/**
 * Every pair at or above the bound and no other; nothing is hashed or guessed. Unit vectors of correlation r lie
 * √(2 − 2r) apart, and their `lowWaves` no further. So films are sorted by the wave that varies most over them, and
 * compared only with those within that distance along it, wave after wave in falling order of variance, until the squares
 * add up to more. Few pairs are left to multiply out: of Kermany's 8.3 million, 4.9 are compared, by three waves on
 * average, and 44 multiplied.
 * @param thumbs of `unitThumbnail`
 * @param bound in (0, 1]. @default 0.99
 * @returns ascending by a, then b
 */
export const findDuplicates = (
  thumbs: ReadonlyArray<Float32Array>,
  bound: number = SAME_FILM,
): ReadonlyArray<LikePair> => {
  const waves = thumbs.map(lowWaves)
  const order = byVariance(waves).slice(0, HEAD)
  const sorted = Array.from(waves.keys()).toSorted((i, j) => waves[i]![order[0]!]! - waves[j]![order[0]!]!)
  const near = order.length
  const head = new Float32Array(sorted.length * near)
  sorted.forEach((film, row) =>
    head.set(
      order.map((k) => waves[film]![k]!),
      row * near,
    ),
  )
  // float32 coordinates of unit vectors leave an error below 1e-6
  const most = 2 - 2 * bound + 1e-6
  const reach = Math.sqrt(most)
  const pairs: LikePair[] = []
  for (let i = 0; i < sorted.length; i++) {
    const at = i * near
    const end = head[at]! + reach
    for (let j = i + 1; j < sorted.length && head[j * near]! <= end; j++) {
      const to = j * near
      let apart = 0
      for (let k = 0; k < near && apart <= most; k++) apart += (head[at + k]! - head[to + k]!) ** 2
      if (apart > most) continue
      const [a, b] = [Math.min(sorted[i]!, sorted[j]!), Math.max(sorted[i]!, sorted[j]!)]
      const correlation = dot(thumbs[a]!, thumbs[b]!)
      if (correlation >= bound) pairs.push({ a, b, correlation: Math.min(1, correlation) })
    }
  }
  return pairs.toSorted((p, q) => p.a - q.a || p.b - q.b)
}

const dot = (p: Float32Array, q: Float32Array): number => {
  let sum = 0
  for (let k = 0; k < p.length; k++) sum += p[k]! * q[k]!
  return sum
}

/** Coordinates in falling order of their variance over the films. */
const byVariance = (waves: ReadonlyArray<Float32Array>): ReadonlyArray<number> => {
  const width = waves[0]?.length ?? 0
  const sums = new Float64Array(width)
  const squares = new Float64Array(width)
  for (const wave of waves)
    for (let k = 0; k < width; k++) {
      sums[k]! += wave[k]!
      squares[k]! += wave[k]! ** 2
    }
  const variance = squares.map((square, k) => square / waves.length - (sums[k]! / waves.length) ** 2)
  return Array.from(variance.keys()).toSorted((k, l) => variance[l]! - variance[k]!)
}
