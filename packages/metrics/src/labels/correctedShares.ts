/**
 * Shares of true classes in a set of films, from what a classifier predicts there and from how it errs on validation films (P4):
 * a classifier that misses half of the effusions halves their share in generated and in source films alike. With two classes this
 * is Rogan and Gladen's estimate (1978, American Journal of Epidemiology 107:71), held within [0, 1]; findings that occur together are
 * corrected one by one, as present or absent.
 *
 * Maximum likelihood, not least squares: predicted counts are multinomial, so each class weighs by its own variance, and a class of
 * three films does not count like one of three thousand. Where the inverse of the confusion gives a share vector both are that.
 */
import { MetricError } from '../MetricError.ts'
import { classRates } from './classRates.ts'
import { sharesOfMixture } from './sharesOfMixture.ts'
import { solveTransposed } from './solveTransposed.ts'

export interface CorrectedShares {
  /** [classes], sum 1: of true classes */
  readonly shares: Float64Array
  /** [classes], sum 1: as predicted */
  readonly predicted: Float64Array
  /** bound on what the mean log-likelihood of a film could gain on any other shares; 0 where `shares` explain `predicted` exactly */
  readonly gap: number
}

/**
 * The classifier is taken to err on the set as on the validation films of the same true class.
 * @param confusion [classes, classes] row-major, validation films by true (row) and predicted class (`confusionCounts`)
 * @param predicted [classes], films of the set by predicted class; counts or weighted counts
 * @throws MetricError when a class has no validation film, the set is empty, or classes are predicted so alike that their shares
 * cannot be told apart
 */
export const correctedShares = (confusion: Float64Array, predicted: Float64Array): CorrectedShares => {
  const found = sharesOrProblem(confusion, predicted)
  if ('problem' in found) throw new MetricError(found.argument, found.problem)
  return found
}

/** As `correctedShares`, what it would throw as a value: a resample may lack a class, and is left out. */
export const sharesOrProblem = (
  confusion: Float64Array,
  predicted: Float64Array,
): CorrectedShares | { readonly argument: string; readonly problem: string } => {
  const classes = predicted.length
  if (confusion.length !== classes ** 2)
    return { argument: 'confusion', problem: `has ${confusion.length} counts, ${classes} classes need ${classes ** 2}` }
  const films = predicted.reduce((sum, count) => sum + count, 0)
  if (!(films > 0)) return { argument: 'predicted', problem: 'counts no film' }
  if (![...predicted, ...confusion].every((count) => count >= 0))
    return { argument: 'predicted, confusion', problem: 'counts must be zero or more' }
  const rates = classRates(confusion, classes)
  const empty = Array.from({ length: classes }, (_, i) => i).filter((i) => Number.isNaN(rates[i * classes]))
  if (empty.length > 0)
    return {
      argument: 'confusion',
      problem: `no validation film of class ${empty.join(', ')}: validate on films of every class, or leave the class out`,
    }
  const seen = predicted.map((count) => count / films)
  if (!solveTransposed(rates, seen))
    return {
      argument: 'confusion',
      problem: 'some classes are predicted alike, so that their shares cannot be told apart: merge them',
    }
  return { ...sharesOfMixture(rates, seen), predicted: seen }
}
