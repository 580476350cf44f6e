import { describe, expect, it } from '@jest/globals'
import { describeFolder } from './describeFolder.ts'
import { descriptionSections } from './descriptionSections.ts'
import type { PixelFacts } from './FolderDescription.ts'
import { folderWarnings } from './folderWarnings.ts'
import { aucText, percent } from './inWords.ts'
import { shortcut } from './shortcut.ts'
import { filmOf, filmsOf, folderOf } from './testing/filmOf.ts'

const films = [
  filmOf('a', { target: 1, mentions: { Opacity: 1 }, boxes: [{ box: [0, 0, 64, 128], label: 'Opacity' }], view: 'AP' }),
  ...filmsOf(3, 'b', { mentions: { Opacity: 0 } }),
]
const rowsOf = (sections: ReturnType<typeof descriptionSections>, title: RegExp) =>
  sections.find((section) => title.test(section.title))!.rows

describe('what is there', () => {
  const sections = descriptionSections(describeFolder(folderOf(films)), undefined)
  it('in a line each', () => {
    expect(rowsOf(sections, /What is there/)).toEqual([
      ['films', "4, of which 1 (25 %) positive for 'Opacity'"],
      ['patients', '4, one film each'],
      ['files', 'png 4'],
      ['sizes', '512 x 512 (4)'],
      ['boxes', '1 (films by boxes: 1: 1), median 64 x 128 px, 13 % x 25 % of the film'],
    ])
  })
  it('without pixels nothing is said of duplicates; with one finding there is no table of findings', () => {
    expect(sections.map(({ title }) => title)).toEqual([
      'What is there',
      'Classes',
      'Positives and the others',
      expect.stringMatching(/^How far one thing alone/),
    ])
  })
  it('views by target with their shares', () => {
    expect(rowsOf(sections, /^Positives/).slice(0, 3)).toEqual([
      ['', 'positives', 'others'],
      ['  view PA', '0 (0 %)', '3 (100 %)'],
      ['  view AP', '1 (100 %)', '0 (0 %)'],
    ])
  })
})

describe('patients in words', () => {
  const words = (all: Parameters<typeof folderOf>[0]) =>
    rowsOf(descriptionSections(describeFolder(folderOf(all)), undefined), /What is there/)[1]![1]
  it('several films each, some unknown, all unknown', () => {
    expect(words([...films, ...filmsOf(6, 'c', { patient: 'c' })])).toBe(
      '5, up to 6 films each (patients by films: 1: 4, 5 to 9: 1)',
    )
    expect(words([...films, filmOf('u', { patientKnown: false })])).toBe(
      'not known for 1 film; 4 others, one film each',
    )
    expect(words(filmsOf(3, 'u', { patientKnown: false }))).toBe('not known')
  })
})

it('long lists are cut, and say so', () => {
  const many = Array.from({ length: 20 }, (_, i) => filmOf(`f${i}`, { class: `class ${i + 10}`, rows: 100 + i }))
  const sections = descriptionSections(describeFolder(folderOf(many)), undefined)
  expect(rowsOf(sections, /Classes/).at(-1)).toEqual(['  5 more classes', '5', '0'])
  expect(rowsOf(sections, /What is there/)[3]![1]).toBe('512 x 100 (1), 512 x 101 (1), 512 x 102 (1), and 17 more')
})

it('findings with blanks, boxes and the target; what was left out', () => {
  const bad = Array.from({ length: 7 }, (_, i) => ({ kind: 'film', message: `${i}.png: ends`, film: `${i}` }) as const)
  const folder = folderOf(films, {
    findings: ['Opacity', 'Mass'],
    left: { bad, laterals: ['l'], unboxed: [], uncertain: [] },
  })
  const sections = descriptionSections(describeFolder(folder), undefined)
  expect(rowsOf(sections, /Findings/)).toEqual([
    ['  finding', 'present', 'absent', 'uncertain', 'blank', 'boxes'],
    ['  Opacity (the target)', '1', '3', '0', '0', '1'],
    ['  Mass', '0', '0', '0', '4', '0'],
  ])
  expect(rowsOf(sections, /Left out/)).toEqual([
    ['  1 lateral film (--laterals drop)'],
    ...bad.slice(0, 5).map(({ message }) => [`  ${message}`]),
    ['  2 more in data.json'],
  ])
})

it('duplicates: those of several patients with their pseudonyms, those within one only counted', () => {
  const member = (film: string, patient: string) => ({ film, patient, class: 'Normal', target: 0 as const })
  const pixels: PixelFacts = {
    films: 4,
    bits: { '12': 3, '8': 1 },
    inverted: 1,
    windowed: 2,
    brightness: shortcut('brightness', 'brighter', films, () => 0.5),
    differences: [],
    duplicates: [
      {
        by: 'look',
        correlation: 0.9912,
        films: [member('a', 'q1'), member('b0', 'q2')],
        patients: 'several',
        targetsDiffer: true,
      },
      {
        by: 'file',
        correlation: 1,
        films: [member('b1', 'q3'), member('b2', 'q3')],
        patients: 'one',
        targetsDiffer: false,
      },
    ],
    blank: [],
    damaged: [],
  }
  const sections = descriptionSections(describeFolder(folderOf(films)), pixels)
  expect(rowsOf(sections, /^Duplicates/)).toEqual([
    ['  look the same (0.991)', 'a, b0', 'patients q1, q2', 'different targets'],
    ['  1 group within one patient each'],
  ])
  expect(rowsOf(sections, /What is there/)).toContainEqual([
    'bits',
    '8 (1), 12 (3), white as zero: 1, through a window of their header: 2',
  ])
  expect(rowsOf(sections, /^How far/).at(-1)).toEqual([
    '  brightness (brighter is higher)',
    expect.stringMatching(/^\.50 \[/),
    "Newcombe's",
    '',
  ])
})

it('what folders and tables hold is written out where a terminal would obey it', () => {
  const [escape, turn, line] = ['\u001B[2J', '\u202E', '\u2028']
  const hostile = (name: string): string => `${name}${escape}${turn}${line}\n`
  const named = filmOf(hostile('film'), {
    target: 1,
    class: hostile('class'),
    view: hostile('view'),
    sex: hostile('sex'),
    mentions: { [hostile('finding')]: 1 },
    boxes: [{ box: [0, 0, 64, 128], label: hostile('finding') }],
    path: '/films/train/a.png',
  })
  const folder = folderOf([named, filmOf('b', { path: '/films/test/b.png' })], {
    findings: [hostile('finding'), hostile('other')],
    finding: hostile('finding'),
    left: { bad: [{ kind: 'film', message: hostile('why'), film: 'c' }], laterals: [], unboxed: [], uncertain: [] },
  })
  const pixels: PixelFacts = {
    films: 2,
    bits: { '8': 2 },
    inverted: 0,
    windowed: 0,
    brightness: shortcut('brightness', 'brighter', [named], () => 0.5),
    differences: [],
    duplicates: [
      {
        by: 'file',
        correlation: 1,
        films: ['film', 'b'].map((name) => ({
          film: hostile(name),
          patient: hostile('patient'),
          class: '',
          target: 0 as const,
        })),
        patients: 'several',
        targetsDiffer: false,
      },
    ],
    blank: [hostile('blank')],
    damaged: [],
  }
  const description = describeFolder(folder)
  const cells = descriptionSections(description, pixels).flatMap(({ rows }) => rows.flat())
  const texts = folderWarnings(description, pixels).map(({ text }) => text)
  for (const text of [...cells, ...texts]) expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  const shown = (name: string): string => `${name}\\u{1b}[2J\\u{202e}\\u{2028}\\u{a}`
  expect(cells).toEqual(
    expect.arrayContaining(
      ['class', 'view', 'sex', 'why', 'other'].map((name) => expect.stringContaining(shown(name))),
    ),
  )
  expect(cells).toContain(`  ${shown('finding')} (the target)`)
  expect(cells).toContain(`${shown('film')}, ${shown('b')}`)
  expect(texts.at(-1)).toBe(`Films of a single grey value (1): ${shown('blank')}.`)
})

it('numbers in words', () => {
  expect([0, 0.001, 0.5, 0.996, 0.9999, 1].map(percent)).toEqual(['0 %', '<1 %', '50 %', '>99 %', '>99 %', '100 %'])
  expect(aucText({ auc: 0.876, low: 0.5, high: 1 })).toBe('.88 [.50, 1.00]')
})
