// The proof that a split keeps patients apart. splitCohort ends with it; whoever reads a split from elsewhere begins with it.
import { PatientOverlapError } from './SplitError.ts'

/** @throws PatientOverlapError when films of one patient lie in different parts */
export const assertPatientDisjoint = (
  rows: ReadonlyArray<{ readonly film: string; readonly patient: string; readonly part: string }>,
): void => {
  const first = new Map<string, { readonly film: string; readonly part: string }>()
  const overlaps = new Map<string, { readonly film: string; readonly otherFilm: string }>()
  for (const { film, patient, part } of rows) {
    const known = first.get(patient)
    if (!known) first.set(patient, { film, part })
    else if (known.part !== part && !overlaps.has(patient)) overlaps.set(patient, { film: known.film, otherFilm: film })
  }
  if (overlaps.size > 0) throw new PatientOverlapError([...overlaps.values()])
}
