// What splitting a cohort throws. Used by splitCohort and assertPatientDisjoint; messages hold film ids and counts, no
// patient ids.

/** A split that cannot be made of this cohort. */
export class SplitError extends Error {
  readonly _tag = 'SplitError'
  override readonly name = 'SplitError'
  readonly reason: 'cohort' | 'option' | 'too-few-patients' | 'empty-part' | 'no-positives'
  /** what is wrong, without how to recover */
  readonly what: string
  readonly recovery: string

  constructor(reason: SplitError['reason'], what: string, recovery: string, options?: { readonly cause?: unknown }) {
    super(`${what}. ${recovery}`, options)
    this.reason = reason
    this.what = what
    this.recovery = recovery
  }
}

/** A split in which a patient has films in two parts: it must not be trained or evaluated on. */
export class PatientOverlapError extends Error {
  readonly _tag = 'PatientOverlapError'
  override readonly name = 'PatientOverlapError'
  /** one pair of films a patient, in different parts */
  readonly overlaps: ReadonlyArray<{ readonly film: string; readonly otherFilm: string }>

  constructor(overlaps: PatientOverlapError['overlaps']) {
    const shown = overlaps.slice(0, 5).map(({ film, otherFilm }) => `${film} and ${otherFilm}`)
    super(
      `${overlaps.length} patient(s) have films in two parts: ${shown.join('; ')}${overlaps.length > 5 ? '; …' : ''}. ` +
        'Make the split with splitCohort, which keeps the films of a patient together.',
    )
    this.overlaps = overlaps
  }
}
