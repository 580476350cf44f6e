// Who is on which film, and who trains, tunes and judges (rows G3, G29), with the dose of positives.
import type { Build, Cohort, Labels, Ref } from '@radiograft/pipeline'
import { cohortByFilm, limitPositives, measurePatientOverlap, split } from '@radiograft/data-io/stages'
import type { Arm } from '../arms.ts'

interface Raw {
  readonly labels: Ref<typeof Labels>
  readonly cohort: Ref<typeof Cohort>
}

interface SplitParams {
  readonly fold: number
  readonly holdOut: number
  readonly validation: number
}

/** `whole` is the split of every dose; `who.split` has no more positives than the arm may train with. */
export const people = (g: Build, raw: Raw, arm: Arm, p: SplitParams) => {
  const { labels } = raw
  // whom a film is of: its patient, or nobody else, as the paper has it (G29)
  const cohort = arm.byFilm ? g('cohort-by-film', cohortByFilm, { cohort: raw.cohort }).cohort : raw.cohort
  const { fold, holdOut, validation } = p
  const whole = g('split', split, { cohort, labels }, { fold, holdOut, validation }).split
  const parts =
    arm.positives === undefined
      ? whole
      : g('limit-positives', limitPositives, { split: whole, labels }, { most: arm.positives }).split
  const overlap = g(
    'measure-patient-overlap',
    measurePatientOverlap,
    { split: whole, cohort: raw.cohort, labels },
    { arm: arm.byFilm ? 'by-film' : 'by-patient' },
  )
  return { who: { labels, cohort, split: parts }, whole, overlap }
}
