/**
 * Films reduced to the small squares between which G7 measures distance. Made once for a pool of films and kept:
 * 26,684 films of 32 × 32 are 109 MB. `nearestThumbnails` searches them.
 */
import { resizeArea } from '@radiograft/geometry'
import { assertPixels, BlendError } from '../BlendError.ts'

/** A film as an argument: row-major pixels in [0, 1]. */
export interface FilmImage {
  readonly pixels: Float32Array
  readonly height: number
  readonly width: number
}

export interface ThumbnailOptions {
  /** side in pixels @default 32 (G7) */
  readonly size?: number
  /**
   * Each thumbnail minus its mean, divided by its standard deviation: brightness and contrast then do not count. On
   * the phantom it helps only films that are already aligned (answer 2). @default false, as in the paper
   */
  readonly standardise?: boolean
}

export interface Thumbnails {
  /** [count, size²], film after film, row-major */
  readonly values: Float32Array
  readonly count: number
  readonly size: number
}

/**
 * @param films any sizes, mixed if need be; read one at a time
 * @throws BlendError when a film's pixels are not height × width, or size is not a positive whole number
 */
export const thumbnails = (
  films: Iterable<FilmImage>,
  { size = 32, standardise = false }: ThumbnailOptions = {},
): Thumbnails => {
  if (!(Number.isInteger(size) && size > 0))
    throw new BlendError('size', `must be a positive whole number, got ${size}`)
  const small: Float32Array[] = []
  for (const { pixels, height, width } of films) {
    assertPixels(`films[${small.length}]`, pixels, height, width)
    const thumbnail = resizeArea(pixels, height, width, size, size)
    small.push(standardise ? standardised(thumbnail) : thumbnail)
  }
  const values = new Float32Array(small.length * size * size)
  small.forEach((thumbnail, i) => values.set(thumbnail, i * size * size))
  return { values, count: small.length, size }
}

/** Mean 0, standard deviation 1; a constant film becomes zeros. */
const standardised = (values: Float32Array): Float32Array => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  const sd = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)
  return values.map((v) => (sd > 1e-7 ? (v - mean) / sd : 0))
}
