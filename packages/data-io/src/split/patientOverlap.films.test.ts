// The figures of row G29, from RSNA's tables and the map to NIH's patients.
import { expect, it } from '@jest/globals'
import { cohortOf } from '../cohort/Cohort.ts'
import { readFolderTables } from '../folder/readFolderTables.ts'
import { filmsFolder } from '../testing/filmsFolder.ts'
import { cohortByFilm } from './cohortByFilm.ts'
import { patientOverlap, type OverlapCount } from './patientOverlap.ts'
import { splitCohort } from './splitCohort.ts'

const tables = [...(await readFolderTables(filmsFolder('tables'), 'rsna')).films.values()]
const cohort = cohortOf(
  tables.map(({ id: film }) => ({ film, view: '', sex: '', age: -1 })),
  new Map(tables.map(({ id, patient }) => [id, patient!])),
)
const labels = tables.map(({ id: film, class: name, mentions }) => ({
  film,
  class: name,
  target: mentions['Lung Opacity'] === 1 ? 1 : 0,
}))
const byFilm = cohortByFilm(cohort)

/** Test films of all folds whose patient is on the other side: the validation part, small here, is cut from training. */
const seen = (who: typeof byFilm, holdOut: number, folds: number, seed: number) => {
  const counts = Array.from({ length: folds }, (_, fold) =>
    patientOverlap(
      splitCohort({ cohort: who, labels, folds: 4, fold, holdOut, validation: 0.01, seed }),
      cohort,
      labels,
    ),
  )
  const sum = (of: (count: (typeof counts)[number]) => OverlapCount, what: keyof OverlapCount): number =>
    counts.reduce((total, count) => total + of(count)[what], 0)
  const share = (of: (count: (typeof counts)[number]) => OverlapCount): number => sum(of, 'seen') / sum(of, 'films')
  return {
    films: sum(({ all }) => all, 'films'),
    all: share(({ all }) => all),
    positive: share(({ positive }) => positive),
  }
}

it('26,376 ids are films of 11,298 patients, who have up to 65', () => {
  const films = new Map<string, number>()
  for (const { patient } of cohort) films.set(patient, (films.get(patient) ?? 0) + 1)
  expect([cohort.length, films.size, Math.max(...films.values())]).toEqual([26_376, 11_298, 65])
  expect(new Set(byFilm.map(({ patient }) => patient)).size).toBe(26_376)
})

it('folds by film leave 69 % of held-out films, 89 % of the positive ones, with their patient in training', () => {
  const { films, all, positive } = seen(byFilm, 0, 4, 42)
  expect(films).toBe(26_376)
  expect(all).toBeCloseTo(0.69, 2)
  expect(positive).toBeCloseTo(0.89, 2)
})

it('folds by patient leave none', () => expect(seen(cohort, 0, 4, 42)).toMatchObject({ all: 0, positive: 0 }))

it('a hold-out of 600 films leaves 73 %', () => {
  const shares = [1, 2, 3, 4, 5].map((seed) => seen(byFilm, 600 / 26_376, 1, seed).all)
  expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) / shares.length - 0.73)).toBeLessThan(0.015)
})
