import { describe, expect, it } from '@jest/globals'
import type { FolderFilm, FilmFolder } from '../folder/FilmFolder.ts'
import { describeFolder } from './describeFolder.ts'
import type { DuplicateGroup, PixelFacts } from './FolderDescription.ts'
import { folderWarnings } from './folderWarnings.ts'
import { shortcut } from './shortcut.ts'
import { filmsOf, folderOf } from './testing/filmOf.ts'

const warn = (films: ReadonlyArray<FolderFilm>, facts: Partial<FilmFolder> = {}, pixels?: PixelFacts) =>
  folderWarnings(describeFolder(folderOf(films, facts)), pixels)

/** 60 positives with a box and 60 normal films, half of each AP, half of each of men: nothing to warn of. */
const box = { box: [0, 0, 9, 9] as const, label: 'Opacity' }
const even = (n: number, name: string, facts: Partial<FolderFilm>) => [
  ...filmsOf(n / 2, `${name}a`, { view: 'AP', sex: 'M', ...facts }),
  ...filmsOf(n / 2, `${name}p`, { view: 'PA', sex: 'F', ...facts }),
]
const positives = (facts: Partial<FolderFilm> = {}) =>
  even(60, 'x', { target: 1, boxes: [{ ...box, box: [0, 0, 9, 9] }], ...facts })
const others = (facts: Partial<FolderFilm> = {}) => even(60, 'y', facts)

it('of a good folder there is none', () => {
  expect(warn([...positives(), ...others()])).toEqual([])
})

describe('positives', () => {
  it('none, or nothing else', () => {
    expect(warn(others())).toEqual([
      {
        kind: 'target',
        text: "No film is positive for 'Opacity': nothing can be learned or measured. Choose another with --finding.",
      },
    ])
    expect(warn(positives())[0]!.text).toMatch(/^All films are positive for 'Opacity'/)
  })
  it('few, and of fewer patients', () => {
    const few = filmsOf(20, 'x', { target: 1, boxes: positives()[0]!.boxes })
    expect(warn([...few, ...others()]).find(({ kind }) => kind === 'few-positives')!.text).toMatch(
      /^Only 20 positive films: each moves a sensitivity by 5 %/,
    )
    const two = few.map((film, i) => ({ ...film, patient: `p${i % 2}` }))
    expect(warn([...two, ...others()])[0]!.text).toMatch(/^Only 20 positive films of 2 patients: /)
  })
  it('without a box of the finding', () => {
    const [first, ...rest] = positives()
    expect(warn([{ ...first!, boxes: [] }, ...rest, ...others()])).toEqual([
      {
        kind: 'boxes',
        text: 'Positive films without a box of the finding: 1 of 60. A detector would be taught that nothing is there.',
      },
    ])
  })
})

describe('patients', () => {
  it('who are not known, with the table that would name them', () => {
    const films = [...positives(), ...others({ patientKnown: false })]
    const text =
      'Whose 60 films are is not known: a split is by film, and one patient may be on both sides of it (G29).'
    expect(warn(films)).toEqual([{ kind: 'patients', text }])
    expect(warn(films, { layout: 'rsna' })[0]!.text).toBe(
      `${text} Put rsna_to_nih.csv (columns patientId, nihPatient) into the folder.`,
    )
  })
  it("who are on both sides of the folder's own split", () => {
    const film = { patient: 'p', path: '/films/train/a.png' }
    const all = [...positives({ path: '/films/train/x.png' }), ...others({ path: '/films/valid/x.png' })]
    const crossing = [...filmsOf(1, 'u', film), ...filmsOf(1, 'v', { ...film, path: '/films/valid/b.png' })]
    expect(warn([...all, ...crossing]).find(({ kind }) => kind === 'split')!.text).toBe(
      "Patients on several sides of the folder's own split (train, valid): 1. Do not use that split.",
    )
  })
})

describe('shortcuts', () => {
  it('the view, with its AUC and the shares behind it', () => {
    const all = [
      ...filmsOf(54, 'a', { target: 1, view: 'AP', boxes: positives()[0]!.boxes }),
      ...filmsOf(6, 'b', { target: 1, view: 'PA', boxes: positives()[0]!.boxes }),
      ...filmsOf(12, 'c', { view: 'AP' }),
      ...filmsOf(48, 'd', { view: 'PA' }),
    ]
    const [warning, ...more] = warn(all)
    expect(more).toEqual([])
    expect(warning).toMatchObject({ kind: 'shortcut' })
    // ½ + ½ (.9 − .2)
    expect(warning!.text).toMatch(
      /^The view alone predicts the target: AUC \.85 \[\.7\d, \.9\d\] \(90 % of the positives are AP, 20 % of the others\)\. /,
    )
  })
  it('age and sex in their words', () => {
    const texts = warn([...positives({ age: 70, sex: 'M' }), ...others({ age: 30, sex: 'F' })]).map(({ text }) => text)
    expect(texts[0]).toContain(
      'The age alone predicts the target: AUC 1.00 [.96, 1.00] (their median ages are 70 and 30)',
    )
    expect(texts[1]).toMatch(/The sex alone .* \(100 % of the positives are of men, 0 % of the others\)/)
  })
  const viewed = (n: number, ap: number, facts: Partial<FolderFilm>) => [
    ...filmsOf(ap, `a${facts.target}`, { view: 'AP', boxes: positives()[0]!.boxes, ...facts }),
    ...filmsOf(n - ap, `p${facts.target}`, { view: 'PA', boxes: positives()[0]!.boxes, ...facts }),
  ]
  const kinds = (ofPositives: readonly [number, number], ofOthers: readonly [number, number]) =>
    warn([...viewed(...ofPositives, { target: 1 }), ...viewed(...ofOthers, { target: 0 })]).map(({ kind }) => kind)
  it('where the interval leaves a half, from ten films of each on', () => {
    expect(kinds([20, 18], [20, 2])).toEqual(['few-positives', 'shortcut'])
    expect(kinds([10, 10], [20, 0])).toEqual(['few-positives', 'shortcut'])
    expect(kinds([9, 9], [20, 0])).toEqual(['few-positives'])
    expect(kinds([20, 13], [20, 8])).toEqual(['few-positives'])
  })
})

describe('positives and others of different make', () => {
  it('format, size and names: what they differ in, and why it matters', () => {
    const made = { format: 'jpeg', rows: 224, columns: 224 } as const
    const texts = warn([...positives({ ...made, path: '/films/person1.jpg' }), ...others()]).map(({ text }) => text)
    expect(texts).toHaveLength(3)
    expect(texts[0]).toBe(
      'Positives and the others differ in file format, which alone predicts the target with AUC 1.00 (jpeg: 100 % of the positives, 0 % of the others; png: 0 % of the positives, 100 % of the others). They may come from different sources, and a model then learns the source.',
    )
    expect(texts[1]).toMatch(/differ in size, .*224 x 224: 100 % of the positives/)
    expect(texts[2]).toMatch(/differ in the way their files are named, .*person#: 100 %/)
  })
  it('the shape is not said beside the size', () => {
    const wide = warn([...positives({ columns: 600 }), ...others()]).map(({ text }) => text)
    expect(wide).toHaveLength(1)
    expect(wide[0]).toContain('differ in size')
  })
  it('an age that is known for one of them only', () => {
    const texts = warn([...positives(), ...others({ age: -1 })]).map(({ text }) => text)
    expect(texts[0]).toContain('differ in whether an age is known')
  })
})

describe('what decoding shows', () => {
  const films = [...positives(), ...others()]
  const group = (facts: Partial<DuplicateGroup>): DuplicateGroup => ({
    by: 'look',
    correlation: 0.99,
    films: [],
    patients: 'one',
    targetsDiffer: false,
    ...facts,
  })
  const pixels = (facts: Partial<PixelFacts>): PixelFacts => ({
    films: 120,
    bits: { 8: 120 },
    inverted: 0,
    windowed: 0,
    brightness: shortcut('brightness', 'brighter', films, () => 0.5),
    differences: [],
    duplicates: [],
    blank: [],
    damaged: [],
    ...facts,
  })
  const kinds = (facts: Partial<PixelFacts>) =>
    warn(films, {}, pixels(facts)).map(({ kind, text }) => [kind, text.slice(0, text.indexOf(':'))])

  it('copies within a patient are no danger', () => {
    expect(kinds({ duplicates: [group({})] })).toEqual([])
  })
  it('copies under several or unknown patients, contradicting labels, blank films', () => {
    const duplicates = [
      group({ patients: 'several' }),
      group({ patients: 'several', targetsDiffer: true }),
      group({ patients: 'unknown' }),
    ]
    expect(kinds({ duplicates, blank: ['a', 'b'] })).toEqual([
      ['duplicates', 'Films that are the same or look it are filed under several patients (2 groups)'],
      ['duplicates', 'Films that are the same or look it, of patients who are not known (1 group)'],
      ['labels', 'Films that are the same or look it have different targets (1 group)'],
      ['blank', 'Films of a single grey value (2)'],
    ])
  })
  it('brightness, where it tells much', () => {
    const brightness = (share: number) =>
      shortcut('brightness', 'brighter', films, ({ target }) => (target === 1 ? share : 0.4))
    expect(kinds({ brightness: brightness(0.4) })).toEqual([])
    expect(kinds({ brightness: brightness(0.7) })[0]![1]).toMatch(/^The brightness alone predicts the target/)
  })
})
