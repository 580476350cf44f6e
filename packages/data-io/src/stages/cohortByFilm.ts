// The paper's split takes film ids for patients (row G29). Split, fitted and evaluated on the cohort that comes out, an arm
// runs that protocol; every stage after it, evaluation's resampling and its check of what was seen too, then takes films for
// patients, so intervals are too narrow and the leak goes unnoticed. `measure-patient-overlap` counts it.
import { Cohort, Stage } from '@radiograft/pipeline'

export const cohortByFilm = Stage.make({
  name: 'cohort-by-film',
  doc: 'A cohort to one in which every film is a patient of its own, which leaks; unaltered where no two films share a patient.',
  rows: ['G29'],
  resource: 'light',
  pure: true,
  params: {},
  inputs: { cohort: Cohort },
  outputs: { cohort: Cohort },
  entry: Stage.entry(import.meta.url, './cohortByFilm.run'),
})
