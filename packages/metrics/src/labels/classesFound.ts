/**
 * Which classes occur among generated films (P11: "reproducing all the abnormalities"). A count alone does not say: a classifier
 * that errs predicts every class now and then, a class that was left out of training too. So a class is found when it is predicted
 * more often than its errors on films of the other classes explain.
 */
import { betaBinomialTail } from '../betaBinomialTail.ts'
import { MetricError } from '../MetricError.ts'
import { classRates } from './classRates.ts'
import { correctedShares } from './correctedShares.ts'
import { sharesOfMixture } from './sharesOfMixture.ts'

export interface FoundClass {
  readonly name: string
  /** films predicted as it */
  readonly count: number
  /** confusion-corrected share (`correctedShares`) */
  readonly share: number
  /** N·f: films that would be predicted as it were it not there, other classes explaining the counts as well as they can */
  readonly byMistake: number
  /** P(X ≥ count), X beta-binomial of N films and what is known of f; 1 where none is predicted */
  readonly p: number
  readonly found: boolean
}

export interface FoundClasses {
  /** in the order of `names` */
  readonly classes: ReadonlyArray<FoundClass>
  /** names of those not found, with why */
  readonly missing: ReadonlyArray<{ readonly name: string; readonly reason: string }>
}

/**
 * Class k is tested against "there is no film of class k": the shares π of the other classes are fitted to the counts by maximum
 * likelihood, then f = Σ_{i ≠ k} π_i P(k | i). P has ½ added to each count of the confusion (Jeffreys), for an error that 200
 * validation films did not show may still occur once in 400. Validation films are a sample too: f is a beta variable of that mean with
 *
 *   var f = Σ_{i ≠ k} π_i² P(k | i) (1 − P(k | i)) / (n_i + K/2 + 1),
 *
 * Jeffreys' posterior of each row, n_i its patients, since films of one are called alike: counts are scaled to them before ½ is added. Taken
 * as known, f would let absent classes be found in 10 to 20 of 100 sets where there are as many validation films as generated ones or
 * fewer. "All are found" needs every test to reject, so its error is at most `level` without a correction for their number.
 * @param films.names one a class
 * @param films.confusion [classes, classes], validation films by true and predicted class; whole numbers
 * @param films.patients [classes], patients who have validation films of the true class, who count instead of films @default films
 * @param films.predicted [classes], generated films by predicted class; whole numbers
 * @throws MetricError as `correctedShares` does, or when there is no name a class
 */
export const classesFound = (
  films: {
    readonly names: readonly string[]
    readonly confusion: Float64Array
    readonly patients?: Float64Array
    readonly predicted: Float64Array
  },
  /** @default level 0.05 */
  { level = 0.05 }: { readonly level?: number } = {},
): FoundClasses => {
  const { names, confusion, patients, predicted } = films
  const size = predicted.length
  if (names.length !== size) throw new MetricError('names', `${names.length} for ${size} classes: give one a class`)
  if (size < 2) throw new MetricError('names', 'one class is always found: give two or more')
  if (!(level > 0 && level < 1)) throw new MetricError('level', `must be inside (0, 1), got ${level}`)
  if (patients && patients.length !== size)
    throw new MetricError('patients', `${patients.length} numbers for ${size} classes: give one a class`)
  const { shares, predicted: seen } = correctedShares(confusion, predicted)
  const total = predicted.reduce((sum, count) => sum + count, 0)
  const validated = Float64Array.from({ length: size }, (_, i) => filmsOf(confusion, i, size))
  const independent = patients ?? validated
  const byPatient = confusion.map((films, at) => {
    const i = Math.floor(at / size)
    return (films * independent[i]!) / validated[i]!
  })
  const rates = classRates(byPatient, size, 0.5)
  const classes = names.map((name, k): FoundClass => {
    const others = Array.from({ length: size }, (_, i) => i).filter((i) => i !== k)
    const without = Float64Array.from(others.flatMap((i) => Array.from(rates.subarray(i * size, (i + 1) * size))))
    const fit = sharesOfMixture(without, seen).shares
    const f = others.reduce((sum, i, at) => sum + fit[at]! * rates[i * size + k]!, 0)
    const spread = others.reduce((sum, i, at) => {
      const rate = rates[i * size + k]!
      return sum + (fit[at]! ** 2 * rate * (1 - rate)) / (independent[i]! + size / 2 + 1)
    }, 0)
    const count = predicted[k]!
    // a beta variable of mean f and variance v has a + b = f (1 − f) / v − 1
    const weight = (f * (1 - f)) / spread - 1
    const p = count === 0 ? 1 : betaBinomialTail(count, total, f * weight, (1 - f) * weight)
    return { name, count, share: shares[k]!, byMistake: total * f, p, found: p <= level }
  })
  const missing = classes
    .filter(({ found }) => !found)
    .map(({ name, count, byMistake, p }) => ({
      name,
      reason:
        count === 0
          ? 'never predicted'
          : `predicted ${count} times, which the classifier's errors on other classes explain (${byMistake.toFixed(1)} expected, p ${p.toPrecision(2)})`,
    }))
  return { classes, missing }
}

/** Validation films of a true class. */
const filmsOf = (confusion: Float64Array, i: number, size: number): number =>
  confusion.subarray(i * size, (i + 1) * size).reduce((sum, films) => sum + films, 0)
