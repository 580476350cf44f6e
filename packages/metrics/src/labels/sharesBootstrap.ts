/**
 * Confusion-corrected class shares of a set of films with their intervals, and the distance of two sets' shares (P4). Validation
 * films and the set are resampled apart, so the interval covers what is not known of the classifier as well as what is not known
 * of the set.
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import { resampleGroups, type GroupInterval } from '../resampleGroups.ts'
import { numberPatients, type BootstrapOptions } from '../resamplePatients.ts'
import { classCounts, confusionCounts } from './confusionCounts.ts'
import { correctedShares, sharesOrProblem, type CorrectedShares } from './correctedShares.ts'
import { totalVariation } from './totalVariation.ts'

/** Films that the classifier did not learn from, whose class is known. */
export interface ValidationFilms {
  /** `patients[i]` owns film i */
  readonly patients: readonly string[]
  /** 0 … classes − 1, one a film */
  readonly truth: ArrayLike<number>
  readonly predicted: ArrayLike<number>
}

/** Films of a set, by the same classifier. */
export interface ClassifiedFilms {
  /** what is drawn at once: the patient of a source film, a generated film's own id */
  readonly units: readonly string[]
  /** 0 … classes − 1, one a film */
  readonly predicted: ArrayLike<number>
}

export interface ShareIntervals extends CorrectedShares {
  /** [classes] of `shares`; as many are given as there are classes, so `family` may be their number */
  readonly intervals: ReadonlyArray<GroupInterval>
}

export interface ShareDistance {
  /**
   * Total variation distance (`totalVariation`) of a's shares and b's. It is never below 0, and chance alone lifts it: sets of one
   * source have an interval clear of 0, so judge it beside `realSplitSpread` at equal numbers of films.
   */
  readonly distance: GroupInterval
  /** [classes] share in a − share in b: zero inside where chance explains it */
  readonly differences: ReadonlyArray<GroupInterval>
}

type Options = Omit<BootstrapOptions, 'range'>

/**
 * A resample of the validation films that misses a class, or tells two classes apart no longer, is left out (`emptyResamples`).
 * @throws MetricError as `correctedShares` does
 */
export const sharesBootstrap = (
  films: { readonly classes: number; readonly validation: ValidationFilms; readonly set: ClassifiedFilms },
  rng: Rng,
  options: Options = {},
): ShareIntervals => {
  const { classes } = films
  const [validation, set] = [ofValidation(films.validation, classes), ofSet(films.set, classes)]
  const once = correctedShares(validation.counts(), set.counts())
  const statistic = ([v, s]: ReadonlyArray<Float64Array>): ArrayLike<number> | undefined => {
    const found = sharesOrProblem(validation.counts(v), set.counts(s))
    return 'problem' in found ? undefined : found.shares
  }
  return { ...once, intervals: resampleGroups({ counts: [validation.count, set.count], statistic }, rng, options) }
}

/**
 * Both sets are corrected by the same resample of the classifier's confusion. Patients of one set are in no other.
 * @throws MetricError as `correctedShares` does
 */
export const shareDistanceBootstrap = (
  films: {
    readonly classes: number
    readonly validation: ValidationFilms
    readonly a: ClassifiedFilms
    readonly b: ClassifiedFilms
  },
  rng: Rng,
  options: Options = {},
): ShareDistance => {
  const { classes } = films
  const validation = ofValidation(films.validation, classes)
  const [a, b] = [ofSet(films.a, classes), ofSet(films.b, classes)]
  for (const set of [a, b]) correctedShares(validation.counts(), set.counts()) // refuses what cannot be corrected
  const statistic = ([v, wa, wb]: ReadonlyArray<Float64Array>): ArrayLike<number> | undefined => {
    const confusion = validation.counts(v)
    const [p, q] = [sharesOrProblem(confusion, a.counts(wa)), sharesOrProblem(confusion, b.counts(wb))]
    if ('problem' in p || 'problem' in q) return undefined
    return [totalVariation(p.shares, q.shares), ...p.shares.map((share, k) => share - q.shares[k]!)]
  }
  const counts = [validation.count, a.count, b.count]
  const [distance, ...differences] = resampleGroups({ counts, statistic }, rng, options)
  return { distance: distance!, differences }
}

/** Units that are drawn, and counts of their films as often as each was. */
interface Drawn {
  readonly count: number
  readonly counts: (weights?: Float64Array) => Float64Array
}

const ofValidation = ({ patients, truth, predicted }: ValidationFilms, classes: number): Drawn => {
  if (patients.length !== truth.length)
    throw new MetricError('validation.patients', `${patients.length} for ${truth.length} films: give one a film`)
  const { owner, count } = numberPatients(patients)
  return {
    count,
    counts: (weights) => confusionCounts(truth, predicted, classes, weights && ((i) => weights[owner[i]!]!)),
  }
}

const ofSet = ({ units, predicted }: ClassifiedFilms, classes: number): Drawn => {
  if (units.length !== predicted.length)
    throw new MetricError('units', `${units.length} for ${predicted.length} films: give one a film`)
  const { owner, count } = numberPatients(units)
  return { count, counts: (weights) => classCounts(predicted, classes, weights && ((i) => weights[owner[i]!]!)) }
}
