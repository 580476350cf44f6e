import { describe, expect, it } from '@jest/globals'
import type { Box } from '@radiograft/geometry'
import { describeFolder } from './describeFolder.ts'
import { filmOf, filmsOf, folderOf } from './testing/filmOf.ts'

const boxes = (...all: ReadonlyArray<readonly [label: string, ...box: Box]>) =>
  all.map(([label, ...box]) => ({ label, box }))

describe('counts of a folder', () => {
  const films = [
    filmOf('a', {
      target: 1,
      class: 'Opacity|Mass',
      mentions: { Opacity: 1, Mass: 1 },
      boxes: boxes(['Opacity', 0, 0, 10, 20], ['Mass', 10, 10, 40, 20]),
      view: 'AP',
      patient: 'p1',
    }),
    filmOf('b', {
      target: 1,
      class: 'Opacity',
      mentions: { Opacity: -1, Mass: 0 },
      patient: 'p1',
      rows: 100,
      columns: 200,
    }),
    filmOf('c', { mentions: { Opacity: 0 }, format: 'jpeg', patient: 'p2', sex: '', age: -1 }),
    filmOf('d', { boxes: boxes(['Mass', 0, 0, 20, 30]), patient: 'p3', patientKnown: false, view: '' }),
  ]
  const found = describeFolder(
    folderOf(films, {
      findings: ['Opacity', 'Mass'],
      left: {
        bad: [{ kind: 'film', message: 'z.png: ends', film: 'z' }],
        laterals: ['x', 'y'],
        unboxed: [],
        uncertain: ['u'],
      },
    }),
  )

  it('films, formats and sizes, most common first', () => {
    expect(found).toMatchObject({ films: 4, positives: 2, formats: { png: 3, jpeg: 1 } })
    expect(found.sizes).toEqual([
      { rows: 512, columns: 512, films: 3 },
      { rows: 100, columns: 200, films: 1 },
    ])
  })
  it('classes with their positives; what tables say of findings, blank apart from absent', () => {
    expect(found.classes).toEqual([
      { class: 'Normal', films: 2, positives: 0 },
      { class: 'Opacity', films: 1, positives: 1 },
      { class: 'Opacity|Mass', films: 1, positives: 1 },
    ])
    expect(found.findings).toEqual([
      { finding: 'Opacity', present: 1, absent: 1, uncertain: 1, blank: 1 },
      { finding: 'Mass', present: 1, absent: 1, uncertain: 0, blank: 2 },
    ])
  })
  it('patients: three, of whom one is not known, one with two films', () => {
    expect(found.patients).toEqual({
      known: false,
      unknownFilms: 1,
      patients: 3,
      withPositive: 1,
      most: 2,
      histogram: [
        { films: '1', patients: 2 },
        { films: '2', patients: 1 },
      ],
    })
  })
  it('boxes: medians of 10, 20, 30 by 10, 20, 30, and those of parts of 512', () => {
    expect(found.boxes).toEqual({
      boxes: 3,
      perFilm: [1, 1],
      width: 20,
      height: 20,
      widthShare: 20 / 512,
      heightShare: 20 / 512,
      positivesWithout: 1,
      byLabel: { Mass: 2, Opacity: 1 },
    })
    expect(describeFolder(folderOf(films, { hasBoxes: false })).boxes).toBeUndefined()
  })
  it('views and sexes by target, the unknown last', () => {
    expect(found.views).toEqual([
      { value: 'PA', negatives: 1, positives: 1 },
      { value: 'AP', negatives: 0, positives: 1 },
      { value: 'unknown', negatives: 1, positives: 0 },
    ])
    expect(found.sexes.map(({ value }) => value)).toEqual(['F', 'unknown'])
  })
  it('what was left out', () => {
    expect(found.left).toEqual({ bad: [{ film: 'z', why: 'z.png: ends' }], laterals: 2, unboxed: 0, uncertain: 1 })
  })
  it('holds no patient', () => {
    expect(JSON.stringify(found)).not.toMatch(/p1|p2|p3/)
  })
})

it('patients by steps of their films', () => {
  const films = [1, 4, 5, 9, 10, 19, 20, 31].flatMap((n) => filmsOf(n, `f${n}-`, { patient: `p${n}` }))
  expect(describeFolder(folderOf(films)).patients.histogram).toEqual([
    { films: '1', patients: 1 },
    { films: '4', patients: 1 },
    { films: '5 to 9', patients: 2 },
    { films: '10 to 19', patients: 2 },
    { films: '20 and more', patients: 2 },
  ])
})

describe('ages', () => {
  const aged = (ages: ReadonlyArray<number>, target: 0 | 1) =>
    ages.map((age, i) => filmOf(`${target}${i}`, { age, target }))
  it('quartiles by target; unknown ones are counted', () => {
    const films = [...aged([10, 20, 30, 40, 50], 0), ...aged([61, 62, 63, 64, 65, 66], 1), filmOf('x', { age: -1 })]
    expect(describeFolder(folderOf(films)).ages).toEqual({
      known: 11,
      unknown: 1,
      others: [20, 30, 40],
      positives: [62.25, 63.5, 64.75],
    })
  })
  it('of four films no quartiles: they would be ages of single patients', () => {
    expect(describeFolder(folderOf(aged([61, 62, 63, 64], 1))).ages.positives).toEqual([])
  })
})

describe("the layout's own split", () => {
  const split = (
    paths: ReadonlyArray<readonly [path: string, patient: string, target?: 0 | 1]>,
    real = '/films',
    folder = real,
  ) =>
    describeFolder(
      folderOf(
        paths.map(([path, patient, target = 0], i) => filmOf(`f${i}`, { path: `${real}/${path}`, patient, target })),
        { folder },
      ),
    ).splits
  it('films and positives a part, patients who are in several', () => {
    expect(
      split([
        ['CheXpert/train/patient1/a.jpg', 'p1', 1],
        ['CheXpert/train/patient2/b.jpg', 'p2'],
        ['CheXpert/valid/patient2/c.jpg', 'p2'],
        ['CheXpert/valid/patient3/d.jpg', 'p3', 1],
      ]),
    ).toEqual({
      parts: [
        { part: 'train', films: 2, positives: 1 },
        { part: 'valid', films: 2, positives: 1 },
      ],
      patientsInSeveral: 1,
    })
  })
  it('is the same where the folder is given by a link, or lies in a folder of such a name', () => {
    const films = [
      ['CheXpert/train/patient1/a.jpg', 'p1'],
      ['CheXpert/train/patient2/b.jpg', 'p2'],
      ['CheXpert/valid/patient2/c.jpg', 'p2'],
    ] as const
    const found = split(films)
    expect(found).toMatchObject({ parts: [{ part: 'train' }, { part: 'valid' }], patientsInSeveral: 1 })
    expect(split(films, '/disk/test/films', '/link')).toEqual(found)
    expect(split(films, '/disk/test/films', '/other/train/link')).toEqual(found)
  })
  it('none where there is one part, or films beside the parts, or only a file has such a name', () => {
    expect(
      split([
        ['train/a.png', 'p1'],
        ['train/b.png', 'p2'],
      ]),
    ).toBeUndefined()
    expect(
      split([
        ['train/a.png', 'p1'],
        ['test/b.png', 'p2'],
        ['c.png', 'p3'],
      ]),
    ).toBeUndefined()
    expect(
      split([
        ['images/train', 'p1'],
        ['images/test', 'p2'],
      ]),
    ).toBeUndefined()
  })
})
