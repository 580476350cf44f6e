// R of the paper is "one manually chosen good image" (G5). Nobody chooses here: R is the training film nearest the mean
// training film, which is a typical chest in a typical pose and depends on the films alone. Used by `fit-aligner`.
import { AlignError } from './AlignError.ts'

/** Films of one size, one after another: from memory or from a reader. */
export type FilmPass = Iterable<Float32Array> | AsyncIterable<Float32Array>

/**
 * The mean of films of one size; holds one of them at a time.
 * @throws AlignError when there is none, or one has another size
 */
export const meanFilm = async (films: FilmPass): Promise<Float32Array> => {
  let sum: Float64Array | undefined
  let n = 0
  for await (const film of films) {
    sum ??= new Float64Array(film.length)
    if (film.length !== sum.length)
      throw new AlignError(
        `film ${n}`,
        `it has ${film.length} pixels, those before it ${sum.length}: resize them first`,
      )
    for (let i = 0; i < film.length; i++) sum[i]! += film[i]!
    n++
  }
  if (!sum) throw new AlignError('films', 'there is none to choose a reference from')
  return Float32Array.from(sum, (v) => v / n)
}

/**
 * Index of the film with the least squared distance to the mean; the first of equals. Two passes and no more memory than
 * two films, so it does not matter how many there are.
 * @param pass starts a pass over the same films in the same order; called twice
 * @throws AlignError when there is none, or one has another size
 */
export const chooseReference = async (pass: () => FilmPass): Promise<number> => {
  const mean = await meanFilm(pass())
  let best = Infinity
  let at = -1
  let f = 0
  for await (const film of pass()) {
    let distance = 0
    for (let i = 0; i < film.length; i++) distance += (film[i]! - mean[i]!) ** 2
    if (distance < best) [best, at] = [distance, f]
    f++
  }
  return at
}
