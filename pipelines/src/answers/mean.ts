// The mean of numbers, and of films pixel by pixel. Used by the known answers.

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}

/** Pixel by pixel. @param films at least one, all of one length */
export const meanFilm = (films: readonly ArrayLike<number>[]): Float64Array => {
  const sum = new Float64Array(films[0]!.length)
  for (const film of films) for (let i = 0; i < sum.length; i++) sum[i]! += film[i]!
  return sum.map((v) => v / films.length)
}
