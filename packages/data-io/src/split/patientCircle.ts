// All patients of a cohort in one stratified order that depends on their ids and the seed alone. splitCohort cuts its parts
// out of it: any stretch of it holds each stratum in proportion.
import { deriveSeed } from '@radiograft/random'
import { byText } from '../cohort/Cohort.ts'
import type { CohortEntry, LabelEntry } from '../cohort/Cohort.ts'

/** A patient with all of their films: the unit that a split moves. */
export interface PatientGroup {
  readonly patient: string
  readonly films: ReadonlyArray<CohortEntry>
  readonly stratum: Stratum
}

/** What the patient's films show at worst: a positive, something else that is not normal, nothing. */
type Stratum = 'positive' | 'abnormal' | 'normal'

const STRATA: ReadonlyArray<Stratum> = ['positive', 'abnormal', 'normal']

const stratumOf = (labels: ReadonlyArray<LabelEntry>): Stratum =>
  labels.some((label) => label.target === 1)
    ? 'positive'
    : labels.some((label) => label.class !== 'Normal')
      ? 'abnormal'
      : 'normal'

const groupsOf = (
  cohort: ReadonlyArray<CohortEntry>,
  labels: ReadonlyMap<string, LabelEntry>,
): ReadonlyArray<PatientGroup> => {
  const films = new Map<string, CohortEntry[]>()
  for (const entry of cohort) {
    const known = films.get(entry.patient)
    if (known) known.push(entry)
    else films.set(entry.patient, [entry])
  }
  return [...films].map(([patient, own]) => ({
    patient,
    films: own,
    stratum: stratumOf(own.map((entry) => labels.get(entry.film)!)),
  }))
}

/**
 * Patients ordered by hash(seed, patient) within their stratum, the strata then dealt together so that each is spread
 * evenly. A patient who joins or leaves changes the order of no two others of the same stratum.
 * @param labels holds every film of the cohort
 */
export const patientCircle = (
  cohort: ReadonlyArray<CohortEntry>,
  labels: ReadonlyMap<string, LabelEntry>,
  seed: number,
): ReadonlyArray<PatientGroup> => {
  const groups = groupsOf(cohort, labels)
  const placed = STRATA.flatMap((stratum, rank) => {
    const own = groups
      .filter((group) => group.stratum === stratum)
      .map((group) => ({ group, hash: deriveSeed('split', seed, group.patient) }))
      .toSorted((a, b) => a.hash - b.hash || byText(a.group.patient, b.group.patient))
    const total = own.reduce((sum, { group }) => sum + group.films.length, 0)
    let before = 0
    return own.map(({ group }) => {
      // the middle of the patient's films among the films of the stratum, in (0, 1)
      const place = (before + group.films.length / 2) / total
      before += group.films.length
      return { group, place, rank }
    })
  })
  // within a stratum places ascend strictly, so ties are between strata only
  return placed.toSorted((a, b) => a.place - b.place || a.rank - b.rank).map(({ group }) => group)
}
