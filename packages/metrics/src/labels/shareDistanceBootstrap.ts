/**
 * How far two sets' confusion-corrected class shares lie apart, with intervals: generated films and their source (P4). Both sets are
 * corrected by the same draw of the classifier's confusion, whose uncertainty they share.
 */
import type { Rng } from '@radiograft/random'
import { replicateIntervals, type GroupInterval } from '../replicateIntervals.ts'
import type { BootstrapOptions } from '../resamplePatients.ts'
import { correctedShares, sharesOrProblem, type CorrectedShares } from './correctedShares.ts'
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
  const compared = (p: CorrectedShares, q: CorrectedShares): ReadonlyArray<number> => [
    totalVariation(p.shares, q.shares),
    ...p.shares.map((share, k) => share - q.shares[k]!),
  ]
  const confusion = validation.counts()
  const values = compared(correctedShares(confusion, a.counts()), correctedShares(confusion, b.counts()))
  const replicate = (): ReadonlyArray<number> | undefined => {
    const drawn = validation.draw(rng)
    const [p, q] = [sharesOrProblem(drawn, a.draw(rng)), sharesOrProblem(drawn, b.draw(rng))]
    return 'problem' in p || 'problem' in q ? undefined : compared(p, q)
  }
  const [distance, ...differences] = replicateIntervals(values, replicate, options)
  return { distance: distance!, differences }
}
