import { describe, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import type { CohortEntry, LabelEntry } from '../cohort/Cohort.ts'
import { assertPatientDisjoint } from './assertPatientDisjoint.ts'
import { patientCircle } from './patientCircle.ts'
import { splitCohort } from './splitCohort.ts'
import type { SplitEntry, SplitPart, SplitRequest } from './splitCohort.ts'

const CLASSES = ['Normal', 'No Lung Opacity / Not Normal', 'Lung Opacity'] as const

interface Drawn {
  readonly cohort: ReadonlyArray<CohortEntry>
  readonly labels: ReadonlyArray<LabelEntry>
}
const person = (film: string, patient: string): CohortEntry => ({
  film,
  patient,
  patientKnown: true,
  view: 'PA',
  sex: 'F',
  age: 50,
})

/** `films` films, of patients with 1 to `most` films each, in RSNA's proportions of classes. */
const drawn = (films: number, most: number, seed = 1): Drawn => {
  const random = rng(seed)
  const cohort: CohortEntry[] = []
  for (let patient = 0; cohort.length < films; patient++) {
    const count = Math.min(random.int(1, most + 1), films - cohort.length)
    for (let k = 0; k < count; k++) cohort.push(person(`f${String(cohort.length).padStart(5, '0')}`, `p${patient}`))
  }
  const labels = cohort.map(({ film }) => {
    const name = CLASSES[random.choice([0.33, 0.44, 0.23])]!
    return { film, class: name, target: name === 'Lung Opacity' ? 1 : 0 }
  })
  return { cohort, labels }
}

const options = { folds: 4, fold: 0, holdOut: 0.3125, validation: 0.125, seed: 7 }
const split = (data: Drawn, more: Partial<SplitRequest> = {}) => splitCohort({ ...data, ...options, ...more })
const filmsIn = (rows: ReadonlyArray<SplitEntry>, part: SplitPart) =>
  rows.filter((row) => row.part === part).map((row) => row.film)
const sizes = (rows: ReadonlyArray<SplitEntry>) =>
  (['test', 'validation', 'train'] as const).map((part) => filmsIn(rows, part).length)

describe('by hand', () => {
  // eight patients of one film, four of them positive: each quarter of the circle holds one of either kind
  const eight: Drawn = {
    cohort: Array.from({ length: 8 }, (_, i) => person(`f${i}`, `p${i}`)),
    labels: Array.from({ length: 8 }, (_, i) => ({
      film: `f${i}`,
      class: i % 2 === 0 ? 'Normal' : 'Lung Opacity',
      target: i % 2,
    })),
  }
  it('four folds of eight patients: each test and validation part has one positive and one normal', () => {
    for (const fold of [0, 1, 2, 3]) {
      const rows = split(eight, { fold, holdOut: 0, validation: 0.25 })
      expect(sizes(rows)).toEqual([2, 2, 4])
      for (const part of ['test', 'validation'] as const) {
        expect(
          filmsIn(rows, part)
            .map((film) => Number(film.slice(1)) % 2)
            .toSorted((a, b) => a - b),
        ).toEqual([0, 1])
      }
      expect(rows.every((row) => row.unit === 'patient' && !row.sealed)).toBe(true)
    }
  })

  it('is sealed where it is held out, and by film where patients are unknown', () => {
    const unknown = eight.cohort.map((entry) => ({ ...entry, patient: entry.film, patientKnown: false }))
    const rows = split({ ...eight, cohort: unknown }, { holdOut: 0.25, validation: 0.25 })
    expect(sizes(rows)).toEqual([2, 2, 4])
    expect(rows.map((row) => row.sealed)).toEqual(rows.map((row) => row.part === 'test'))
    expect(rows.every((row) => row.unit === 'film')).toBe(true)
  })
})

it('800 films of as many patients: 250 test, 100 validation, 450 training in every fold', () => {
  for (const seed of [1, 2, 3]) {
    const data = drawn(800, 1, seed)
    for (const fold of [0, 1, 2, 3]) expect(sizes(split(data, { fold, seed }))).toEqual([250, 100, 450])
  }
})

it.each([
  [3, 11],
  [5, 12],
  [40, 13],
])('patients of up to %i films: disjoint, within half a patient of the sizes asked for, stratified', (most, seed) => {
  const data = drawn(2000, most, seed)
  const circle = patientCircle(data.cohort, new Map(data.labels.map((label) => [label.film, label])), seed)
  const strata = new Map(circle.flatMap((group) => group.films.map(({ film }) => [film, group.stratum])))
  for (const fold of [0, 1, 2, 3]) {
    const rows = split(data, { fold, seed })
    expect(() => assertPatientDisjoint(rows)).not.toThrow()
    const [test, validation] = sizes(rows)
    expect(Math.abs(test! - 625)).toBeLessThanOrEqual(most / 2)
    expect(Math.abs(validation! - 250)).toBeLessThanOrEqual(most)
    for (const stratum of ['positive', 'abnormal', 'normal']) {
      const films = data.cohort.filter(({ film }) => strata.get(film) === stratum).length
      for (const [part, share] of [
        ['test', 0.3125],
        ['validation', 0.125],
      ] as const) {
        const there = filmsIn(rows, part).filter((film) => strata.get(film) === stratum).length
        expect(Math.abs(there - share * films)).toBeLessThanOrEqual(2 * most)
      }
    }
  }
})

it('the test parts of the folds partition the cohort, and validation never meets test', () => {
  const data = drawn(1001, 4, 5)
  const tests = [0, 1, 2, 3].map((fold) => filmsIn(split(data, { fold, holdOut: 0, validation: 0.1 }), 'test'))
  expect(tests.flat().toSorted()).toEqual(data.cohort.map((entry) => entry.film))
  expect(tests.map((films) => Math.round(films.length / 10))).toEqual([25, 25, 25, 25])
})

it('a hold-out is the same for all folds; their validation windows are disjoint', () => {
  const data = drawn(1001, 4, 6)
  const folds = [0, 1, 2, 3].map((fold) => split(data, { fold }))
  for (const rows of folds) expect(filmsIn(rows, 'test')).toEqual(filmsIn(folds[0]!, 'test'))
  const windows = folds.flatMap((rows) => filmsIn(rows, 'validation'))
  expect(new Set(windows).size).toBe(windows.length)
})

it('depends on ids and seed, not on the order of rows', () => {
  const data = drawn(300, 3)
  const shuffled = { cohort: rng(3).shuffle(data.cohort), labels: rng(4).shuffle(data.labels) }
  expect(split(shuffled)).toEqual(split(data))
  expect(split(data, { seed: 8 })).not.toEqual(split(data))
})

it('a patient who joins changes the order of no others of a stratum', () => {
  const data = drawn(300, 3)
  const order = (some: Drawn) => patientCircle(some.cohort, new Map(some.labels.map((label) => [label.film, label])), 7)
  const more: Drawn = {
    cohort: [...data.cohort, person('new', 'newcomer')],
    labels: [...data.labels, { film: 'new', class: 'Normal', target: 0 }],
  }
  for (const stratum of ['positive', 'abnormal', 'normal']) {
    const patients = (some: Drawn) =>
      order(some)
        .filter((group) => group.stratum === stratum && group.patient !== 'newcomer')
        .map((group) => group.patient)
    expect(patients(more)).toEqual(patients(data))
  }
})

describe('errors say how to recover', () => {
  const data = drawn(100, 1)
  const none = { ...data, labels: data.labels.map(({ film }) => ({ film, class: 'Normal', target: 0 })) }
  const only = { ...data, labels: data.labels.map(({ film }, i) => ({ film, class: 'x', target: i === 0 ? 1 : 0 })) }
  const three = { cohort: data.cohort.slice(0, 3), labels: data.labels.slice(0, 3) }
  it.each([
    ['no positives', none, {}, 'no-positives', /^no positives: no film of the cohort has target 1\. Check the labels/],
    [
      'no positives in a part',
      only,
      {},
      'no-positives',
      /the \w+ part has no positives among its \d+ film\(s\).*Give more films/,
    ],
    [
      'fewer patients than folds',
      three,
      {},
      'too-few-patients',
      /^fewer patients than folds: 3 patient\(s\) for 4 folds\. Give films of at least 4/,
    ],
    ['a fold that is none', data, { fold: 4 }, 'option', /fold 4 does not exist among 4 folds\. Choose one of 0 to 3/],
    ['half a fold', data, { folds: 2.5 }, 'option', /folds is 2\.5/],
    ['shares above one', data, { holdOut: 0.9, validation: 0.2 }, 'option', /must leave films to train on/],
    ['no validation', data, { validation: 0 }, 'option', /validation is 0/],
    ['no label', { ...data, labels: data.labels.slice(1) }, {}, 'cohort', /film f00000 has no label/],
    ['no film', { ...data, cohort: data.cohort.slice(1) }, {}, 'cohort', /film f00000 has a label and is not/],
    ['a film twice', { ...data, cohort: [...data.cohort, data.cohort[0]!] }, {}, 'cohort', /lists 1 film\(s\) twice/],
  ] as const)('%s', (_, some, more, reason, message) => {
    const error = (() => {
      try {
        return split(some, more)
      } catch (e) {
        return e
      }
    })()
    expect(error).toMatchObject({ _tag: 'SplitError', reason })
    expect((error as Error).message).toMatch(message)
  })

  it('a patient in two parts', () => {
    const rows = [
      { film: 'a', patient: 'p', part: 'train' },
      { film: 'b', patient: 'q', part: 'test' },
      { film: 'c', patient: 'p', part: 'test' },
    ]
    expect(() => assertPatientDisjoint(rows)).toThrow(
      expect.objectContaining({ _tag: 'PatientOverlapError', overlaps: [{ film: 'a', otherFilm: 'c' }] }),
    )
  })
})
