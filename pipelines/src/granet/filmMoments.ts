// The mean film of a collection and how far films deviate from it, pixel by pixel, one film in memory at a time.

export interface FilmMoments {
  /** number of films */
  readonly count: number
  /** [height · width], the mean of each pixel */
  readonly mean: Float32Array
  /** [height · width], the standard deviation of each pixel over films (divided by their number) */
  readonly deviation: Float32Array
}

/** @param films each [pixels] in [0, 1], at least one */
export const filmMoments = async (
  films: Iterable<Float32Array> | AsyncIterable<Float32Array>,
  pixels: number,
): Promise<FilmMoments> => {
  const mean = new Float64Array(pixels)
  const squares = new Float64Array(pixels)
  let n = 0
  for await (const film of films) {
    n += 1
    for (let i = 0; i < pixels; i++) {
      // Welford's update: no cancellation, whatever the number of films
      const away = film[i]! - mean[i]!
      mean[i]! += away / n
      squares[i]! += away * (film[i]! - mean[i]!)
    }
  }
  return {
    count: n,
    mean: Float32Array.from(mean),
    deviation: Float32Array.from(squares, (sum) => Math.sqrt(sum / Math.max(n, 1))),
  }
}

/** Mean of |∇| over inner pixel pairs, in grey range per film width: high where edges of films fall on one another. */
export const sharpness = (film: Float32Array, height: number, width: number): number => {
  let sum = 0
  let count = 0
  for (let r = 0; r + 1 < height; r++) {
    for (let c = 0; c + 1 < width; c++) {
      const p = r * width + c
      sum += Math.hypot(film[p + 1]! - film[p]!, film[p + width]! - film[p]!)
      count += 1
    }
  }
  return count === 0 ? 0 : (sum / count) * width
}

/** Mean of all values. */
export const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}
