/**
 * Classified films as a bootstrap draws them: the Bayesian one (Rubin 1981, Annals of Statistics 9:130), units weighed by exponential
 * numbers, with Jeffreys' prior beside them. Drawn with replacement, the one validation film of a class is always called as it was, and
 * the share of that class seems known to the last digit; where every unit is one film, counts here are Dirichlet draws of films + ½. Of more than
 * three classes the prior weighs no more than of three, or it would pull the shares of small sets to equal ones.
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import { numberPatients } from '../resamplePatients.ts'
import { classCounts } from './classCounts.ts'
import { confusionCounts } from './confusionCounts.ts'

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

export interface DrawnFilms {
  /** units */
  readonly count: number
  /** @param weights how often each unit was drawn @default once */
  readonly counts: (weights?: Float64Array) => Float64Array
  /** counts as they may be as well: Σ over units of Exp(1) · its films, and Gamma(½) in each, in units of the mean unit's films and of min(1, 3 / classes) */
  readonly draw: (rng: Rng) => Float64Array
}

const drawnFilms = (count: number, films: number, classes: number, counts: DrawnFilms['counts']): DrawnFilms => ({
  count,
  counts,
  draw: (rng) => {
    const drawn = counts(Float64Array.from(rng.uniforms(count), (u) => -Math.log1p(-u)))
    // half the square of a normal number is Gamma(½)
    const prior = rng.normals(drawn.length)
    const weight = (films / count) * Math.min(1, 3 / classes)
    return drawn.map((of, cell) => of + (weight * prior[cell]! ** 2) / 2)
  },
})

/** Counts are the confusion. */
export const drawnValidation = ({ patients, truth, predicted }: ValidationFilms, classes: number): DrawnFilms => {
  if (patients.length !== truth.length)
    throw new MetricError('validation.patients', `${patients.length} for ${truth.length} films: give one a film`)
  const { owner, count } = numberPatients(patients)
  return drawnFilms(count, truth.length, classes, (weights) =>
    confusionCounts(truth, predicted, classes, weights && ((film) => weights[owner[film]!]!)),
  )
}

/** Counts are films by predicted class. */
export const drawnSet = ({ units, predicted }: ClassifiedFilms, classes: number): DrawnFilms => {
  if (units.length !== predicted.length)
    throw new MetricError('units', `${units.length} for ${predicted.length} films: give one a film`)
  const { owner, count } = numberPatients(units)
  return drawnFilms(count, predicted.length, classes, (weights) =>
    classCounts(predicted, classes, weights && ((film) => weights[owner[film]!]!)),
  )
}
