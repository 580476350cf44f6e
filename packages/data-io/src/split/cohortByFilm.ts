// The cohort that a split by film takes for granted (row G29): every film a patient of its own. Split and judged on it, arms
// run the protocol that leaks, through the same functions as the others. Used by the cohort-by-film stage.
import type { CohortEntry } from '../cohort/Cohort.ts'

/**
 * Every film with its own id for a patient who is not known, as where no map is given: whoever counts or resamples patients
 * after it takes films for patients. Where no two films share a patient there is nothing to take apart, and the cohort
 * itself comes back: a split by film is then one by patient.
 * @param cohort one row a film
 */
export const cohortByFilm = <R extends Pick<CohortEntry, 'film' | 'patient' | 'patientKnown'>>(
  cohort: ReadonlyArray<R>,
): ReadonlyArray<R> =>
  new Set(cohort.map(({ patient }) => patient)).size === cohort.length
    ? cohort
    : cohort.map((row) => ({ ...row, patient: row.film, patientKnown: false }))
