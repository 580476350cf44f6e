import { expect, test } from '@jest/globals'
import type { CohortEntry } from '../cohort/Cohort.ts'
import { cohortByFilm } from './cohortByFilm.ts'
import { splitCohort } from './splitCohort.ts'

const person = (film: string, patient: string, patientKnown = true): CohortEntry => ({
  film,
  patient,
  patientKnown,
  view: 'PA',
  sex: 'F',
  age: 50,
})

test('two films of one patient: every film is its own, and says that no patient is known', () =>
  expect(cohortByFilm([person('a', 'p1'), person('b', 'p2'), person('c', 'p1')])).toEqual([
    person('a', 'a', false),
    person('b', 'b', false),
    person('c', 'c', false),
  ]))

test('a patient a film, known, not known or either: the cohort itself', () => {
  const known = [person('a', 'p1'), person('b', 'p2')]
  const unknown = [person('a', 'a', false), person('b', 'b', false)]
  for (const cohort of [known, unknown, [known[0]!, unknown[1]!], []]) expect(cohortByFilm(cohort)).toBe(cohort)
})

test('a patient of the map who is called as another film is taken apart from it', () =>
  expect(cohortByFilm([person('a', 'b'), person('b', 'b', false)]).map(({ patient }) => patient)).toEqual(['a', 'b']))

test('split after it is the split where no map is given, and splits patients', () => {
  const cohort = Array.from({ length: 200 }, (_, i) => person(`f${i + 100}`, `p${i % 50}`))
  const labels = cohort.map(({ film }, i) => ({
    film,
    class: i % 4 === 0 ? 'Lung Opacity' : 'Normal',
    target: i % 4 === 0 ? 1 : 0,
  }))
  const splitOf = (who: ReadonlyArray<CohortEntry>) =>
    splitCohort({ cohort: who, labels, folds: 4, fold: 0, holdOut: 0.25, validation: 0.125, seed: 3 })
  const rows = splitOf(cohortByFilm(cohort))
  expect(rows).toEqual(splitOf(cohort.map(({ film }) => person(film, film, false))))
  expect(rows.every(({ film, patient, unit }) => patient === film && unit === 'film')).toBe(true)
  const partsOf = new Map<string, Set<string>>()
  for (const { film, part } of rows) {
    const patient = `p${(Number(film.slice(1)) - 100) % 50}`
    partsOf.set(patient, (partsOf.get(patient) ?? new Set()).add(part))
  }
  expect([...partsOf.values()].some(({ size }) => size > 1)).toBe(true)
})
