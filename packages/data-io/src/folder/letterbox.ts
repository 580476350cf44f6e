// The map from a film as it is on disk to a square film of a given side: zeros (black) beside or above and below what is
// not square, then the area average (bilinear when growing). Boxes follow by the same map. Used by readFilm.
import { GeometryError } from '@radiograft/geometry'
import type { Box } from '@radiograft/geometry'

/** x on the square film = (x + padX) · scale; y likewise. */
export interface FilmMap {
  readonly scale: number
  /** columns of zeros on the left, in pixels of the source */
  readonly padX: number
  /** rows of zeros above */
  readonly padY: number
}

/** The map of a film of rows x columns to size x size; of an odd number of padding lines the smaller half comes first. */
export const filmMap = (rows: number, columns: number, size: number): FilmMap => {
  const side = Math.max(rows, columns)
  return { scale: size / side, padX: Math.floor((side - columns) / 2), padY: Math.floor((side - rows) / 2) }
}

export const mapBox = (box: Box, { scale, padX, padY }: FilmMap): Box => [
  (box[0] + padX) * scale,
  (box[1] + padY) * scale,
  (box[2] + padX) * scale,
  (box[3] + padY) * scale,
]

/** What one output line takes from one axis of the film: weights[k] of line `start` + k. */
interface Taps {
  /** the output line */
  readonly to: number
  readonly start: number
  readonly weights: ReadonlyArray<number>
}

/** First line and weights of output line i of an axis of `side` lines, padding included, by `resizeArea`'s definition. */
const tapsOf = (i: number, side: number, size: number): readonly [first: number, weights: ReadonlyArray<number>] => {
  if (size > side) {
    const centre = Math.min(Math.max(((i + 0.5) * side) / size - 0.5, 0), side - 1)
    const first = Math.min(Math.floor(centre), Math.max(side - 2, 0))
    return side === 1 ? [first, [1]] : [first, [1 - (centre - first), centre - first]]
  }
  const [low, high] = [i * side, (i + 1) * side]
  const first = Math.floor(low / size)
  const overlap = (_: unknown, k: number): number =>
    (Math.min(high, (first + k + 1) * size) - Math.max(low, (first + k) * size)) / side
  return [first, Array.from({ length: Math.ceil(high / size) - first }, overlap)]
}

/** The output lines of an axis that see the film at all, without their taps on padding: those add zeros. */
interface FilmTaps {
  /** [lines] the output line */
  readonly to: Int32Array
  /** [lines] first line of the film that it takes from */
  readonly start: Int32Array
  /** [lines + 1] where its weights begin, and end */
  readonly at: Int32Array
  readonly weights: Float64Array
}

/** The taps of the last axis asked for: films of a folder are mostly of one size, and square. */
let last: { readonly key: string; readonly taps: FilmTaps } | undefined

const filmTaps = (length: number, pad: number, side: number, size: number): FilmTaps => {
  const key = `${length} ${pad} ${side} ${size}`
  if (last?.key !== key) last = { key, taps: makeFilmTaps(length, pad, side, size) }
  return last.taps
}

const makeFilmTaps = (length: number, pad: number, side: number, size: number): FilmTaps => {
  const lines: Taps[] = []
  for (let to = 0; to < size; to++) {
    const [first, weights] = tapsOf(to, side, size)
    const [from, end] = [Math.max(pad - first, 0), Math.min(pad + length - first, weights.length)]
    if (end > from) lines.push({ to, start: first + from - pad, weights: weights.slice(from, end) })
  }
  const at = new Int32Array(lines.length + 1)
  lines.forEach(({ weights }, i) => (at[i + 1] = at[i]! + weights.length))
  return {
    to: Int32Array.from(lines, ({ to }) => to),
    start: Int32Array.from(lines, ({ start }) => start),
    at,
    weights: Float64Array.from(lines.flatMap(({ weights }) => weights)),
  }
}

/** What a film's stored values stand for, in [0, 1]: of value v at place v − lowest. */
export interface GreyLevels {
  readonly units: Float32Array
  readonly lowest: number
}

/**
 * Bit for bit `resizeArea` of the film padded to a square, which is never made: of a film of 30,000 x 1 it would have 900
 * million pixels. Beyond the film and the result it takes memory for the film's rows by the result's columns that see it.
 * @param pixels [rows · columns] in [0, 1], or stored values with their levels: then the film in [0, 1] is never made
 * @returns [size · size] in [0, 1]
 * @throws GeometryError where pixels are no film of rows x columns, or a size is not whole and positive
 */
export const letterbox = (
  pixels: Float32Array | Uint8Array | Uint16Array | Int16Array,
  rows: number,
  columns: number,
  size: number,
  levels?: GreyLevels,
): Float32Array => {
  for (const side of [rows, columns, size])
    if (!Number.isSafeInteger(side) || side < 1)
      throw new GeometryError('letterbox', `sizes are whole and positive, not ${side}`)
  if (pixels.length !== rows * columns)
    throw new GeometryError('letterbox', `${pixels.length} pixels are no film of ${rows} x ${columns}`)

  const side = Math.max(rows, columns)
  const { padX, padY } = filmMap(rows, columns, size)
  const across = filmTaps(columns, padX, side, size)
  const down = filmTaps(rows, padY, side, size)
  const width = across.to.length
  const row = new Float32Array(columns)
  const lines = workspace(rows * width) // [rows, width]
  for (let r = 0; r < rows; r++) {
    if (levels) throughLevels(pixels, r * columns, levels, row)
    else row.set(pixels.subarray(r * columns, (r + 1) * columns))
    gather(row, across, lines, r * width)
  }
  const out = new Float32Array(size * size)
  for (let i = 0; i < down.to.length; i++) {
    const [from, end] = [down.at[i]!, down.at[i + 1]!]
    for (let j = 0; j < width; j++) {
      let sum = 0
      for (let t = from, at = down.start[i]! * width + j; t < end; t++, at += width)
        sum += down.weights[t]! * lines[at]!
      out[down.to[i]! * size + across.to[j]!] = sum
    }
  }
  return out
}

/**
 * Room for a film's lines, kept from film to film up to 8 MB: two threads that each ask the system for fresh pages film by
 * film wait for each other.
 */
let kept = new Float64Array(0)

const workspace = (length: number): Float64Array => {
  if (length > 2 ** 20) return new Float64Array(length)
  if (kept.length < length) kept = new Float64Array(length)
  return kept
}

/** One row of stored values as grey levels. */
const throughLevels = (
  stored: Uint8Array | Uint16Array | Int16Array | Float32Array,
  from: number,
  { units, lowest }: GreyLevels,
  row: Float32Array,
): void => {
  const end = row.length
  for (let c = 0; c < end; c++) row[c] = units[stored[from + c]! - lowest]!
}

/** One row through its taps; four at a time, which is what 512 pixels on 128 take, added in the same order as one by one. */
const gather = (row: Float32Array, { start, at, weights }: FilmTaps, out: Float64Array, to: number): void => {
  const lines = start.length
  for (let j = 0; j < lines; j++) {
    const end = at[j + 1]!
    let t = at[j]!
    let c = start[j]!
    let sum = 0
    for (; t + 4 <= end; t += 4, c += 4) {
      sum =
        sum +
        weights[t]! * row[c]! +
        weights[t + 1]! * row[c + 1]! +
        weights[t + 2]! * row[c + 2]! +
        weights[t + 3]! * row[c + 3]!
    }
    for (; t < end; t++, c++) sum += weights[t]! * row[c]!
    out[to + j] = sum
  }
}
