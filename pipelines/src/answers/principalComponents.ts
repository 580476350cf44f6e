// Principal components of fewer films than dimensions: the features' own coordinates of answer 7, the linear generator of
// answer 10.
// Eigenvectors are no part of what the metrics package offers.
import { symmetricEigen } from '../../../packages/metrics/src/algebra/symmetricEigen.ts'
import { score, minus, type Film } from './linearReader.ts'
import { meanFilm } from './mean.ts'

export interface PrincipalComponents {
  /** [p] */
  readonly mean: Film
  /** [n − 1] directions of length 1 in [p], by falling deviation */
  readonly directions: readonly Film[]
  /** [n − 1] standard deviation along each, n below */
  readonly deviations: Float64Array
}

/**
 * Through the n × n matrix G = XXᵀ of the centred films: of G u = n s² u the direction is Xᵀu/(√n s).
 * @param films n ≥ 2 rows of p > n numbers, of which none is in the span of the others (each a patient's own noise)
 */
export const principalComponents = (films: readonly Film[]): PrincipalComponents => {
  const n = films.length
  const mean = meanFilm(films)
  const x = films.map((film) => minus(film, mean))
  const gram = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let j = i; j < n; j++) gram[i * n + j] = score(x[i]!, x[j]!)
  const { values, vectors } = symmetricEigen(gram, n)
  // values rise, and the lowest is 0: centred films sum to nothing
  const order = Array.from({ length: n - 1 }, (_, k) => n - 1 - k)
  const directions = order.map((at) => {
    const direction = new Float64Array(mean.length)
    for (let i = 0; i < n; i++) {
      const weight = vectors[at * n + i]! / Math.sqrt(values[at]!)
      for (let p = 0; p < direction.length; p++) direction[p]! += weight * x[i]![p]!
    }
    return direction
  })
  return { mean, directions, deviations: Float64Array.from(order, (at) => Math.sqrt(values[at]! / n)) }
}

/** Coordinates of a film along the first k directions, [k]. */
export const coordinates = ({ mean, directions }: PrincipalComponents, film: Film, k: number): Float64Array => {
  const centred = minus(film, mean)
  return Float64Array.from(directions.slice(0, k), (direction) => score(direction, centred))
}

/** The film at these coordinates, [p]: what is nearest to a film with them that k directions can say. */
export const filmAt = ({ mean, directions }: PrincipalComponents, at: Float64Array): Film => {
  const film = Float64Array.from(mean)
  at.forEach((along, k) => {
    const direction = directions[k]!
    for (let p = 0; p < film.length; p++) film[p]! += along * direction[p]!
  })
  return film
}
