// The leakage check: no film is evaluated whose patient any product has seen. Pure; every evaluating stage calls it.
import type { CohortRow } from './kinds/cohort.ts'
import type { ProvenanceRow } from './kinds/provenance.ts'

/** Films under evaluation whose patients were seen by a product on the way. */
export class LeakageError extends Error {
  readonly _tag = 'LeakageError'
  readonly leaks: ReadonlyArray<{ readonly film: string; readonly product: string; readonly seenFilm: string }>
  constructor(leaks: LeakageError['leaks']) {
    const shown = leaks
      .slice(0, 5)
      .map((l) => `film ${l.film} (${l.product} has seen film ${l.seenFilm} of the same patient)`)
    super(
      `${leaks.length} film(s) under evaluation belong to patients that were already seen: ${shown.join('; ')}${leaks.length > 5 ? '; …' : ''}. ` +
        'Wire every stage to the same split, or evaluate on its test part only.',
    )
    this.name = 'LeakageError'
    this.leaks = leaks
  }
}

/** Throws `LeakageError` when a patient of `films` is among the patients of any provenance. Patient ids stay out of the message. */
export const assertUnseen = (
  provenances: ReadonlyArray<ReadonlyArray<ProvenanceRow>>,
  films: ReadonlyArray<{ readonly film: string; readonly patient: string }>,
): void => {
  const seen = new Map<string, ProvenanceRow>()
  for (const rows of provenances) for (const row of rows) if (!seen.has(row.patient)) seen.set(row.patient, row)
  const leaks = films.flatMap(({ film, patient }) => {
    const row = seen.get(patient)
    return row ? [{ film, product: row.product, seenFilm: row.film }] : []
  })
  if (leaks.length > 0) throw new LeakageError(leaks)
}

/** Provenance of a product fitted on `training` films and chosen by `tuning` films. */
export const provenanceOf = (
  product: string,
  films: ReadonlyArray<{ readonly film: string; readonly patient: string; readonly role: ProvenanceRow['role'] }>,
): ReadonlyArray<ProvenanceRow> => films.map((row) => ({ product, ...row }))

/** Provenance of a product fitted on these films: each with its patient, or standing for its own where none is known. */
export const trainedOn = (
  product: string,
  films: ReadonlyArray<string>,
  cohort: ReadonlyArray<Pick<CohortRow, 'film' | 'patient'>>,
): ReadonlyArray<ProvenanceRow> => {
  const patientOf = new Map(cohort.map((row) => [row.film, row.patient]))
  return provenanceOf(
    product,
    films.map((film) => ({ film, patient: patientOf.get(film) ?? film, role: 'training' as const })),
  )
}
