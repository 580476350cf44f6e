import type { CohortRow } from '../kinds/cohort.ts'
import type { LabelRow } from '../kinds/labels.ts'
import type { Part, SplitRow } from '../kinds/split.ts'

export interface CohortTablesOptions {
  readonly partOf: (index: number) => Part
  /** Which films are positives. @default none */
  readonly having?: (index: number) => boolean
  /** @default `Lung Opacity` for positives, else `Normal` */
  readonly classOf?: (index: number) => string
  /** @default a patient for each film, `patient of film-00` */
  readonly patientOf?: (film: string, index: number) => string
}

/** The tables that come with films: who is on each, its class, and its part of a split by patient. One row a film, in order. */
export const cohortTables = (
  ids: ReadonlyArray<string>,
  {
    partOf,
    having = () => false,
    classOf = (i) => (having(i) ? 'Lung Opacity' : 'Normal'),
    patientOf = (film) => `patient of ${film}`,
  }: CohortTablesOptions,
): {
  readonly cohort: ReadonlyArray<CohortRow>
  readonly labels: ReadonlyArray<LabelRow>
  readonly split: ReadonlyArray<SplitRow>
} => {
  const cohort = ids.map((film, i) => ({
    film,
    patient: patientOf(film, i),
    patientKnown: true,
    view: 'PA',
    sex: 'F',
    age: 50,
  }))
  return {
    cohort,
    labels: ids.map((film, i) => ({ film, class: classOf(i), target: having(i) ? 1 : 0 })),
    split: cohort.map(({ film, patient }, i) => ({ film, patient, part: partOf(i), unit: 'patient', sealed: false })),
  }
}
