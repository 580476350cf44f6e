import { existsSync } from 'node:fs'
import { expect, it } from '@jest/globals'
import type { CohortRow } from '@radiograft/pipeline'
import { cohortTables, stageContext } from '@radiograft/pipeline/testing'
import { cohortByFilm, measurePatientOverlap } from './index.ts'
import { run as runCohortByFilm } from './cohortByFilm.run.ts'
import { run as runMeasure } from './measurePatientOverlap.run.ts'
import { run as runSplit } from './split.run.ts'

const ids = Array.from({ length: 96 }, (_, i) => `f${i + 10}`)
const tables = (films: number) =>
  cohortTables(ids, {
    partOf: () => 'train',
    having: (i) => i % 4 === 0,
    patientOf: (_, i) => `p${Math.floor(i / films)}`,
  })
const logged: string[] = []
const ctx = stageContext({ seed: 5, log: (text: string) => void logged.push(text) })
const byFilm = async (cohort: ReadonlyArray<CohortRow>) =>
  (await runCohortByFilm({ params: {}, inputs: { cohort }, ctx })).cohort
const measured = async (
  splitFrom: ReadonlyArray<CohortRow>,
  { cohort, labels }: Pick<ReturnType<typeof tables>, 'cohort' | 'labels'>,
) => {
  const params = { folds: 4, fold: 0, holdOut: 0.25, validation: 0.125 }
  const { split } = await runSplit({ params, inputs: { cohort: splitFrom, labels }, ctx })
  return (await runMeasure({ params: { arm: 'by-film' }, inputs: { split, cohort, labels }, ctx })).metrics
}
const NAMES = [
  'test-films-with-known-patient',
  'test-films-with-patient-in-training',
  'test-films-with-patient-seen',
  'positive-test-films-with-patient-in-training',
  'positive-test-films-with-patient-seen',
]

it('each definition names an entry that exists', () => {
  for (const stage of [cohortByFilm, measurePatientOverlap]) expect(existsSync(stage.entry)).toBe(true)
})

it('twelve films a patient: split by film nearly all test films leak, by patient none', async () => {
  const data = tables(12)
  const leaking = await measured(await byFilm(data.cohort), data)
  expect(logged).toContain('96 films of 8 patients, each now a patient of its own')
  expect(leaking.map(({ metric }) => metric)).toEqual(NAMES)
  expect(leaking.map(({ n }) => n)).toEqual([24, 24, 24, 6, 6])
  // a quarter of the films is drawn: that all twelve of a patient are among them is next to impossible
  expect(leaking.map(({ value }) => value)).toEqual([1, 1, 1, 1, 1])
  expect(leaking[1]).toMatchObject({ arm: 'by-film', part: 'test', low: NaN, high: NaN, unit: 'of films' })
  expect((await measured(data.cohort, data)).map(({ value }) => value)).toEqual([1, 0, 0, 0, 0])
})

it('a film a patient: the cohort that went in, and nothing leaks', async () => {
  const data = tables(1)
  const cohort = await byFilm(data.cohort)
  expect(cohort).toBe(data.cohort)
  expect(logged.at(-1)).toBe('no two films share a patient: by film is by patient')
  expect((await measured(cohort, data)).map(({ value }) => value)).toEqual([1, 0, 0, 0, 0])
})

it('no map: one row, which says that no patient is known', async () => {
  const data = tables(1)
  const cohort = data.cohort.map((row) => ({ ...row, patient: row.film, patientKnown: false }))
  expect(await byFilm(cohort)).toBe(cohort)
  expect(logged.at(-1)).toBe('no patient is known: every split of these films is by film')
  const rows = await measured(cohort, { cohort, labels: data.labels })
  expect(rows.map(({ metric, value, n }) => [metric, value, n])).toEqual([['test-films-with-known-patient', 0, 24]])
})
