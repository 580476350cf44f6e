// Classified films as a bootstrap draws them: units, and counts of their films as often as each unit was drawn.
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
}

/** Counts are the confusion. */
export const drawnValidation = ({ patients, truth, predicted }: ValidationFilms, classes: number): DrawnFilms => {
  if (patients.length !== truth.length)
    throw new MetricError('validation.patients', `${patients.length} for ${truth.length} films: give one a film`)
  const { owner, count } = numberPatients(patients)
  return {
    count,
    counts: (weights) => confusionCounts(truth, predicted, classes, weights && ((film) => weights[owner[film]!]!)),
  }
}

/** Counts are films by predicted class. */
export const drawnSet = ({ units, predicted }: ClassifiedFilms, classes: number): DrawnFilms => {
  if (units.length !== predicted.length)
    throw new MetricError('units', `${units.length} for ${predicted.length} films: give one a film`)
  const { owner, count } = numberPatients(units)
  return { count, counts: (weights) => classCounts(predicted, classes, weights && ((film) => weights[owner[film]!]!)) }
}
