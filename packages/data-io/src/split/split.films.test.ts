import { expect, it } from '@jest/globals'
import { cohortOf } from '../cohort/Cohort.ts'
import { readFolderTables } from '../folder/readFolderTables.ts'
import { filmsFolder } from '../testing/filmsFolder.ts'
import { splitCohort } from './splitCohort.ts'

const tables = [...(await readFolderTables(filmsFolder('tables'), 'rsna')).films.values()]
const patients = new Map(tables.map(({ id, patient }) => [id, patient!]))
const facts = tables.map(({ id: film }) => ({ film, view: '', sex: '', age: -1 }))
const labels = tables.map(({ id: film, class: name, mentions }) => ({
  film,
  class: name,
  target: mentions['Lung Opacity'] === 1 ? 1 : 0,
}))
const target = new Map(labels.map((label) => [label.film, label.target]))

/** Shares of held-out films, and of the positive ones, whose patient has films in training. */
const leaked = (known: boolean): readonly [all: number, positive: number] => {
  const cohort = cohortOf(facts, known ? patients : undefined)
  const counts = [0, 0, 0, 0]
  for (const fold of [0, 1, 2, 3]) {
    // one fold against the three others, as protocol A has it: the small validation part counts as training
    const rows = splitCohort({ cohort, labels, folds: 4, fold, holdOut: 0, validation: 0.01, seed: 42 })
    const trained = new Set(rows.filter((row) => row.part !== 'test').map((row) => patients.get(row.film)!))
    for (const { film } of rows.filter((row) => row.part === 'test')) {
      const seen = trained.has(patients.get(film)!) ? 1 : 0
      counts[0]! += 1
      counts[1]! += seen
      counts[2]! += target.get(film)!
      counts[3]! += target.get(film)! * seen
    }
  }
  expect(counts[0]).toBe(26_376)
  return [counts[1]! / counts[0]!, counts[3]! / counts[2]!]
}

it('G29: folds by id leave 69 % of held-out films, 89 % of the positive ones, with their patient in training', () => {
  const [all, positive] = leaked(false)
  expect(all).toBeCloseTo(0.69, 2)
  expect(positive).toBeCloseTo(0.89, 2)
})

it('folds by patient leave none', () => {
  expect(leaked(true)).toEqual([0, 0])
})
