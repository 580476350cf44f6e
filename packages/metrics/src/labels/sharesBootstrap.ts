/**
 * Confusion-corrected class shares of a set of films with their intervals (P4). Validation films and the set are drawn apart
 * (`drawnFilms`), so the intervals cover what is not known of the classifier as well as what is not known of the set.
 */
import type { Rng } from '@radiograft/random'
import { replicateIntervals, type GroupInterval } from '../replicateIntervals.ts'
import type { BootstrapOptions } from '../resamplePatients.ts'
import { correctedShares, sharesOrProblem, type CorrectedShares } from './correctedShares.ts'
import { drawnSet, drawnValidation, type ClassifiedFilms, type ValidationFilms } from './drawnFilms.ts'

export interface ShareIntervals extends CorrectedShares {
  /** [classes] of `shares`; that all hold together, give their number as `family` and look at `simultaneous` */
  readonly intervals: ReadonlyArray<GroupInterval>
}

/**
 * A draw that tells two classes apart no longer is left out (`emptyResamples`).
 * @throws MetricError as `correctedShares` does
 */
export const sharesBootstrap = (
  films: { readonly classes: number; readonly validation: ValidationFilms; readonly set: ClassifiedFilms },
  rng: Rng,
  options: Omit<BootstrapOptions, 'range'> = {},
): ShareIntervals => {
  const { classes } = films
  const [validation, set] = [drawnValidation(films.validation, classes), drawnSet(films.set, classes)]
  const once = correctedShares(validation.counts(), set.counts())
  const replicate = (): ArrayLike<number> | undefined => {
    const found = sharesOrProblem(validation.draw(rng), set.draw(rng))
    return 'problem' in found ? undefined : found.shares
  }
  return { ...once, intervals: replicateIntervals(once.shares, replicate, options) }
}
