// Who is on which film. Rows are shaped as pipeline's kinds Cohort and Labels are, so stages pass them on unchanged; the
// types are repeated here because this package works without the pipeline. Used by the RSNA reader and splitCohort.

export interface CohortEntry {
  readonly film: string
  /** the patient, or the film's own id where no map says who it is */
  readonly patient: string
  /** false where each film stands for its own patient (row G29) */
  readonly patientKnown: boolean
  /** `PA`, `AP` or empty */
  readonly view: string
  /** `F`, `M` or empty */
  readonly sex: string
  /** years, −1 when unknown */
  readonly age: number
}

export interface LabelEntry {
  readonly film: string
  /** as RSNA spells it: `Normal`, `No Lung Opacity / Not Normal`, `Lung Opacity` */
  readonly class: string
  /** 1 for a positive of the task, else 0 */
  readonly target: number
}

export interface FilmFacts {
  readonly film: string
  readonly view: string
  readonly sex: string
  readonly age: number
}

/** Text order by code units, the order of film ids everywhere. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The cohort of these films, in order of film id. A film that the map does not hold stands for its own patient and says
 * so; an unknown film cannot collide with a patient, whose ids are of another form (`nih-282`).
 * @param patients film id → patient id; undefined where no map is given
 */
export const cohortOf = (
  films: ReadonlyArray<FilmFacts>,
  patients: ReadonlyMap<string, string> | undefined,
): ReadonlyArray<CohortEntry> =>
  films
    .map(({ film, view, sex, age }) => {
      const patient = patients?.get(film)
      return { film, patient: patient ?? film, patientKnown: patient !== undefined, view, sex, age }
    })
    .toSorted((a, b) => byText(a.film, b.film))
