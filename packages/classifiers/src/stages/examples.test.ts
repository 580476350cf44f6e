import { expect, test } from '@jest/globals'
import type { FindingRow, LabelRow, SplitRow } from '@radiograft/pipeline'
import { cohortTables, filmIds } from '@radiograft/pipeline/testing'
import { examples, type ExampleInputs, type ExampleOptions } from './examples.ts'

const ids = filmIds(8)
/** five training films, two validation films, one test film; classes a a a a b, a b, b */
const { cohort, labels, split } = cohortTables(ids, {
  partOf: (i) => (i < 5 ? 'train' : i < 7 ? 'validation' : 'test'),
  classOf: (i) => ([4, 6, 7].includes(i) ? 'b' : 'a'),
})
const inputs: ExampleInputs = { films: { ids }, split, cohort, labels, findings: undefined }
const byClass: ExampleOptions = { task: 'classes', balance: 'weights', only: [] }
const of = (given: Partial<ExampleInputs> = {}, options: Partial<ExampleOptions> = {}) =>
  examples({ ...inputs, ...given }, { ...byClass, ...options })
const plain = (rows: ReturnType<typeof examples>['training']) =>
  rows.map(({ film, targets, weights }) => [film, ...targets, ...weights])

test('classes by hand: weights 5 / (2 · 4) and 5 / (2 · 1), counted on training films alone', () => {
  const { classes, training, validation, silent } = of()
  expect([classes, silent]).toEqual([['a', 'b'], 0])
  expect(plain(training)).toEqual([...ids.slice(0, 4).map((film) => [film, 1, 0, 0.625]), ['film-04', 0, 1, 2.5]])
  expect(plain(validation)).toEqual([
    ['film-05', 1, 0, 0.625],
    ['film-06', 0, 1, 2.5],
  ])
  expect(plain(of({}, { balance: 'none' }).training).map((row) => row.at(-1))).toEqual([1, 1, 1, 1, 1])
})

const row = (film: number, finding: string, mention: number): FindingRow => ({ film: ids[film]!, finding, mention })
const findings: ReadonlyArray<FindingRow> = [
  row(0, 'x', 1),
  row(0, 'y', 0),
  row(1, 'x', 0),
  row(1, 'y', -1), // uncertain
  row(2, 'x', 0),
  row(2, 'y', 1), // of film 3 nobody says anything
  row(4, 'x', 0),
  row(5, 'y', 1),
  row(6, 'x', -1),
]

test('findings by hand: uncertain and blank have weight 0, yes and no of each finding weigh the same', () => {
  const { classes, training, validation, silent } = of({ labels: undefined, findings }, { task: 'findings' })
  expect([classes, silent]).toEqual([['x', 'y'], 2])
  const third = Math.fround(4 / 6) // 4 films say of x: 1 yes, 3 no
  expect(plain(training)).toEqual([
    ['film-00', 1, 0, 2, 1],
    ['film-01', 0, 0, third, 0],
    ['film-02', 0, 1, third, 1],
    ['film-04', 0, 0, third, 0],
  ])
  expect(plain(validation)).toEqual([['film-05', 0, 1, 0, 1]])
  const unweighted = of({ labels: undefined, findings }, { task: 'findings', balance: 'none' })
  expect(plain(unweighted.training)[1]).toEqual(['film-01', 0, 0, 1, 0])
})

test('only: films of other classes are left out', () => {
  const three = labels.map((label, i) => (i < 2 ? { ...label, class: 'c' } : label))
  const { classes, training, silent } = of({ labels: three }, { only: ['b', 'a'] })
  expect(classes).toEqual(['a', 'b'])
  expect(training.map(({ film }) => film)).toEqual(ids.slice(2, 5))
  expect(silent).toBe(2)
  expect(of({ labels: three }).classes).toEqual(['a', 'b', 'c'])
  const one = of({ labels: undefined, findings }, { task: 'findings', only: ['y'] })
  expect(plain(one.training)).toEqual([
    ['film-00', 0, 1],
    ['film-02', 1, 1],
  ])
})

const relabelled = (change: (label: LabelRow, i: number) => LabelRow): Partial<ExampleInputs> => ({
  labels: labels.map(change),
})
const strange = [{ ...split[0]!, part: 'trian' }, ...split.slice(1)] as unknown as ReadonlyArray<SplitRow>

test.each<
  readonly [
    string,
    Partial<ExampleInputs>,
    Partial<ExampleOptions>,
    string,
    message: string,
    names: ReadonlyArray<string>,
  ]
>([
  [
    'labels of films that are not there',
    { labels: [...labels, { ...labels[0]!, film: 'film-99' }] },
    {},
    'labels',
    'films in the table are not among the films',
    ['film-99'],
  ],
  ['a film without a label', { labels: labels.slice(1) }, {}, 'labels', '1 films have no label', ['film-00']],
  ['a film with two labels', { labels: [...labels, labels[3]!] }, {}, 'labels', 'have two labels', ['film-03']],
  ['one class', relabelled((l) => ({ ...l, class: 'a' })), {}, 'labels', 'there is only one class, a', ['a']],
  [
    'a class that only the test part has',
    relabelled((l, i) => (i === 7 ? { ...l, class: 'z' } : l)),
    {},
    'labels',
    'have no training film',
    ['z'],
  ],
  [
    'a finding that no training film lacks',
    { labels: undefined, findings: [...findings, row(0, 'w', 1), row(5, 'w', 0)] },
    { task: 'findings' },
    'findings',
    'not both present and absent among training films',
    ['w'],
  ],
  [
    'findings of films that are not there',
    { labels: undefined, findings: [...findings, { ...findings[0]!, film: 'film-99' }] },
    { task: 'findings' },
    'findings',
    'are not among the films',
    ['film-99'],
  ],
  [
    'no finding at all',
    { labels: undefined, findings: [] },
    { task: 'findings' },
    'findings',
    'there is no finding',
    [],
  ],
  [
    'a split of other films',
    { films: { ids: ids.slice(1) } },
    {},
    'split',
    'films of the split are not among the films',
    ['film-00'],
  ],
  ['no training film', { split: split.slice(5) }, {}, 'split', 'its training part has no film', []],
  ['no labels', { labels: undefined }, {}, 'labels', 'wire labels, or set task to findings', []],
  ['both tables', { findings }, {}, 'findings', 'is wired, but task is classes', []],
  ['the wrong table', {}, { task: 'findings' }, 'findings', 'wire findings, or set task to classes', []],
  ['both tables, of findings', { findings }, { task: 'findings' }, 'labels', 'is wired, but task is findings', []],
])('%s: refused by name', (_, given, options, where, message, names) => {
  let thrown: unknown
  try {
    of(given, options)
  } catch (error) {
    thrown = error
  }
  expect(thrown).toMatchObject({ _tag: 'ClassifierError', where, names, message: expect.stringContaining(message) })
})

test('a part that is none and a class that is none are unknown names; a patient in two parts is a leak', () => {
  expect(() => of({ split: strange })).toThrow("unknown split part 'trian', did you mean 'train'?")
  expect(() => of({}, { only: ['a', 'd'] })).toThrow("unknown class 'd'")
  const shared = cohort.map((entry, i) => (i === 5 ? { ...entry, patient: cohort[0]!.patient } : entry))
  expect(() => of({ cohort: shared })).toThrow('film-05')
  expect(() => of({ cohort: shared })).toThrow(expect.objectContaining({ _tag: 'LeakageError' }))
})
