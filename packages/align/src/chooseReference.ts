// R of the paper is "one manually chosen good image" (G5). Nobody chooses here: R is the training film nearest the mean
// training film, which is a typical chest in a typical pose and depends on the films alone.
import { AlignError } from './AlignError.ts'

/** The running mean of films of one size; feed every film, then ask for the mean. */
export const meanFilm = (films: Iterable<Float32Array>): Float32Array => {
  let sum: Float64Array | undefined
  let n = 0
  for (const film of films) {
    sum ??= new Float64Array(film.length)
    for (let i = 0; i < film.length; i++) sum[i]! += film[i]!
    n++
  }
  if (!sum) throw new AlignError('films', 'there is none to choose a reference from')
  return Float32Array.from(sum, (v) => v / n)
}

/** Index of the film with the least squared distance to the mean; the first of equals. */
export const chooseReference = (films: ReadonlyArray<Float32Array>): number => {
  const mean = meanFilm(films)
  let best = Infinity
  let at = -1
  films.forEach((film, f) => {
    let distance = 0
    for (let i = 0; i < film.length; i++) distance += (film[i]! - mean[i]!) ** 2
    if (distance < best) [best, at] = [distance, f]
  })
  return at
}
