/** Films of one size, as pixels: what measures without an extractor take. */
import { MetricError } from '../MetricError.ts'

export interface Films {
  /** [count, height, width], row-major, one channel */
  readonly pixels: Float64Array | Float32Array
  readonly count: number
  readonly height: number
  readonly width: number
}

/** @throws MetricError when the length does not fit or a pixel is not finite */
export const checkFilms = (argument: string, { pixels, count, height, width }: Films): void => {
  if (!(count > 0 && pixels.length === count * height * width))
    throw new MetricError(argument, `${pixels.length} pixels for ${count} films of ${height} x ${width}`)
  const bad = pixels.findIndex((v) => !Number.isFinite(v))
  if (bad >= 0) throw new MetricError(argument, `film ${Math.floor(bad / (height * width))} holds ${pixels[bad]}`)
}

/** Film i as float64, copied. */
export const filmAt = ({ pixels, height, width }: Films, i: number): Float64Array =>
  Float64Array.from(pixels.subarray(i * height * width, (i + 1) * height * width))
