/**
 * How far two sets' confusion-corrected class shares lie apart, with intervals: generated films and their source (P4). Both sets are
 * corrected by the same resample of the classifier's confusion, whose uncertainty they share.
 */
import type { Rng } from '@radiograft/random'
import { resampleGroups, type GroupInterval } from '../resampleGroups.ts'
import type { BootstrapOptions } from '../resamplePatients.ts'
import { correctedShares, sharesOrProblem } from './correctedShares.ts'
import { drawnSet, drawnValidation, type ClassifiedFilms, type ValidationFilms } from './drawnFilms.ts'
import { totalVariation } from './totalVariation.ts'

export interface ShareDistance {
  /**
   * Total variation distance (`totalVariation`) of a's shares and b's. It is never below 0, and chance alone lifts it: sets of one
   * source have an interval clear of 0, so judge it beside `realSplitSpread` at equal numbers of films.
   */
  readonly distance: GroupInterval
  /** [classes] share in a − share in b: zero inside where chance explains it */
  readonly differences: ReadonlyArray<GroupInterval>
}

/**
 * Patients of one set are in no other.
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
  options: Omit<BootstrapOptions, 'range'> = {},
): ShareDistance => {
  const { classes } = films
  const validation = drawnValidation(films.validation, classes)
  const [a, b] = [drawnSet(films.a, classes), drawnSet(films.b, classes)]
  for (const set of [a, b]) correctedShares(validation.counts(), set.counts()) // refuses what cannot be corrected
  const statistic = ([v, ofA, ofB]: ReadonlyArray<Float64Array>): ArrayLike<number> | undefined => {
    const confusion = validation.counts(v)
    const [p, q] = [sharesOrProblem(confusion, a.counts(ofA)), sharesOrProblem(confusion, b.counts(ofB))]
    if ('problem' in p || 'problem' in q) return undefined
    return [totalVariation(p.shares, q.shares), ...p.shares.map((share, k) => share - q.shares[k]!)]
  }
  const counts = [validation.count, a.count, b.count]
  const [distance, ...differences] = resampleGroups({ counts, statistic }, rng, options)
  return { distance: distance!, differences }
}
