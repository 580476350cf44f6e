// Readers that weigh pixels and add: the known template against known anatomy (answer 6) and what learns from labelled
// films (answers 8 and 12). Both are Hotelling's discriminant w = (S + λ)⁻¹ d; they differ in where d and S come from.
import { mean, meanFilm } from './mean.ts'

export type Film = Float64Array

/**
 * The prewhitened matched filter: what is looked for, divided by how the background varies.
 * @param background films without it
 * @param template its mean effect on a film
 * @param ridge λ, a pixel's variance (in squared units of the films) that is there whatever the background shows
 */
export const whitenedTemplate = (background: readonly Film[], template: Film, ridge: number): Film =>
  discriminant(centred(background), template, ridge)

/** Learned: d the difference of the classes' means, S the scatter about them. */
export const learnedTemplate = (positives: readonly Film[], negatives: readonly Film[], ridge: number): Film => {
  const difference = minus(meanFilm(positives), meanFilm(negatives))
  return discriminant([...centred(positives), ...centred(negatives)], difference, ridge)
}

/** The reader's score of a film: the sum of its pixels, weighted. */
export const score = (weights: Film, film: Film): number => {
  let sum = 0
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * film[i]!
  return sum
}

export const minus = (a: Film, b: Film): Film => a.map((v, i) => v - b[i]!)

const centred = (films: readonly Film[]): Film[] => {
  const middle = meanFilm(films)
  return films.map((film) => minus(film, middle))
}

/**
 * (XᵀX/n + λ)⁻¹ d through the n × n matrix G = XXᵀ (Woodbury), as there are fewer films than pixels:
 * w = (d − Xᵀ(G + nλ)⁻¹ X d) / λ.
 */
const discriminant = (x: readonly Film[], d: Film, lambda: number): Film => {
  const n = x.length
  const gram = x.map((row, i) => Float64Array.from({ length: i + 1 }, (_, j) => score(row, x[j]!)))
  for (let i = 0; i < n; i++) gram[i]![i]! += n * lambda
  const y = solve(
    gram,
    x.map((row) => score(row, d)),
  )
  const w = Float64Array.from(d)
  for (let i = 0; i < n; i++) for (let k = 0; k < w.length; k++) w[k]! -= y[i]! * x[i]![k]!
  return w.map((v) => v / lambda)
}

/** Solves a symmetric positive definite system by Cholesky. @param lower triangle, row i of i + 1 numbers; overwritten */
const solve = (lower: readonly Float64Array[], b: readonly number[]): Float64Array => {
  const n = b.length
  const y = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    const row = lower[i]!
    for (let j = 0; j <= i; j++) {
      const other = lower[j]!
      let sum = row[j]!
      for (let k = 0; k < j; k++) sum -= row[k]! * other[k]!
      row[j] = j === i ? Math.sqrt(sum) : sum / other[j]!
    }
    for (let k = 0; k < i; k++) y[i]! -= row[k]! * y[k]!
    y[i]! /= row[i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    y[i]! /= lower[i]![i]!
    for (let k = 0; k < i; k++) y[k]! -= lower[i]![k]! * y[i]!
  }
  return y
}

/** d′: distance of the means in units of the common standard deviation. */
export const detectability = (positives: readonly number[], negatives: readonly number[]): number => {
  const variance = (values: readonly number[]): number => mean(values.map((v) => (v - mean(values)) ** 2))
  return (mean(positives) - mean(negatives)) / Math.sqrt((variance(positives) + variance(negatives)) / 2)
}
