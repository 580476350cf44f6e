// How much a split leaks (row G29): test films whose patient has films on the other side. Used by the measure-patient-overlap
// stage; assertPatientDisjoint is for splits that may not leak at all.
import type { CohortEntry, LabelEntry } from '../cohort/Cohort.ts'
import { SplitError } from './SplitError.ts'

interface PartOfFilm {
  readonly film: string
  readonly part: string
}

/** Counts of test films. */
export interface OverlapCount {
  /** whose patient is known: of the others nobody can tell */
  readonly films: number
  /** of these, whose patient has a film in the training part */
  readonly inTraining: number
  /** of these, whose patient has a film in the training or the validation part */
  readonly seen: number
}

export interface PatientOverlap {
  /** test films, their patient known or not */
  readonly test: number
  readonly all: OverlapCount
  /** the same of the films with target 1 */
  readonly positive: OverlapCount
}

const RECOVERY = 'Pass cohort, labels and split of the same films.'

const find = <T>(rows: ReadonlyMap<string, T>, film: string, lacks: string): T => {
  const found = rows.get(film)
  if (found === undefined) throw new SplitError('cohort', `film ${film} of the split ${lacks}`, RECOVERY)
  return found
}

/**
 * Who a film's patient is, the cohort says, and not the split: a split by film takes each film for a patient. Training films
 * of unknown patients count as nobody's, so with a map of some films only the counts are the least that leak.
 * @param cohort with the true patients; films in no part of the split count for nothing
 * @throws SplitError a film of the split without a row in the cohort, a test film without a label, no test film
 */
export const patientOverlap = (
  split: ReadonlyArray<PartOfFilm>,
  cohort: ReadonlyArray<Pick<CohortEntry, 'film' | 'patient' | 'patientKnown'>>,
  labels: ReadonlyArray<Pick<LabelEntry, 'film' | 'target'>>,
): PatientOverlap => {
  const people = new Map(cohort.map((row) => [row.film, row]))
  const targets = new Map(labels.map(({ film, target }) => [film, target]))
  const personOn = (film: string) => find(people, film, 'is not in the cohort')
  const patientsOf = (...parts: ReadonlyArray<string>): ReadonlySet<string> =>
    new Set(
      split
        .filter(({ part }) => parts.includes(part))
        .map(({ film }) => personOn(film))
        .filter(({ patientKnown }) => patientKnown)
        .map(({ patient }) => patient),
    )
  const trained = patientsOf('train')
  const seen = patientsOf('train', 'validation')
  const test = split
    .filter(({ part }) => part === 'test')
    .map(({ film }) => ({ ...personOn(film), target: find(targets, film, 'has no label') }))
  if (test.length === 0)
    throw new SplitError('empty-part', 'the test part has no film', 'Give a split with a test part.')
  const known = test.filter(({ patientKnown }) => patientKnown)
  const count = (films: typeof known): OverlapCount => ({
    films: films.length,
    inTraining: films.filter(({ patient }) => trained.has(patient)).length,
    seen: films.filter(({ patient }) => seen.has(patient)).length,
  })
  return { test: test.length, all: count(known), positive: count(known.filter(({ target }) => target === 1)) }
}
