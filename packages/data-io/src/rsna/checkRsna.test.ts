import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { labelsCsv, classesCsv, writeRsnaFixture } from '../testing/rsnaFixture.ts'
import type { FixtureFilm } from '../testing/rsnaFixture.ts'
import { checkRsna } from './checkRsna.ts'
import { RsnaFolderError } from './RsnaFolderError.ts'

const films: Readonly<Record<string, FixtureFilm>> = {
  b: { class: 'Lung Opacity', boxes: [[1, 2, 3, 4]], patient: 'nih-1', view: 'AP', sex: 'F', age: '051Y' },
  a: { class: 'Normal', patient: 'nih-1' },
  c: { class: 'No Lung Opacity / Not Normal', rows: 6, columns: 8, patient: 'nih-2' },
}
const problemsOf = (folder: string): ReadonlyArray<string> => {
  try {
    checkRsna(folder)
  } catch (error) {
    if (error instanceof RsnaFolderError) return error.problems.map(({ kind, message }) => `${kind}: ${message}`)
    throw error
  }
  return []
}
const image = (folder: string, id: string) => join(folder, 'stage_2_train_images', `${id}.dcm`)

it('a sound folder: films in order of id, with patients, boxes, classes', () => {
  const { films: found, summary, patientsKnown } = checkRsna(writeRsnaFixture(films))
  expect(found).toMatchObject([
    {
      film: 'a',
      patient: 'nih-1',
      patientKnown: true,
      view: 'PA',
      sex: '',
      age: -1,
      rows: 8,
      columns: 8,
      class: 'Normal',
      target: 0,
      boxes: [],
    },
    {
      film: 'b',
      patient: 'nih-1',
      patientKnown: true,
      view: 'AP',
      sex: 'F',
      age: 51,
      rows: 8,
      columns: 8,
      class: 'Lung Opacity',
      target: 1,
      boxes: [[1, 2, 4, 6]],
    },
    {
      film: 'c',
      patient: 'nih-2',
      patientKnown: true,
      view: 'PA',
      sex: '',
      age: -1,
      rows: 6,
      columns: 8,
      class: 'No Lung Opacity / Not Normal',
      target: 0,
      boxes: [],
    },
  ])
  expect(summary).toMatchObject({ rows: 3, boxes: 1, films: 3, positives: 1, boxesPerPositive: [1], patients: 2 })
  expect(patientsKnown).toBe(true)
})

it('without a map each film stands for its own patient, and the folder says so', () => {
  const folder = writeRsnaFixture(films)
  rmSync(join(folder, 'rsna_to_nih.csv'))
  const { films: found, patientsKnown } = checkRsna(folder)
  expect(found.map((f) => [f.patient, f.patientKnown])).toEqual([
    ['a', false],
    ['b', false],
    ['c', false],
  ])
  expect(patientsKnown).toBe(false)
})

it('byte order mark, Windows line ends, quotes and gzip', () => {
  const folder = writeRsnaFixture(films, {
    'stage_2_train_labels.csv': `\uFEFF${labelsCsv(films).join('\r\n')}\r\n`,
    'rsna_to_nih_mapping.csv.gz': gzipSync(
      'rsna_patientId,nih_image,pixel_mse,rsna_class\r\n"a",00000282_000.png,1,x\r\nb,00000282_001.png,1,x\r\nc,00030001_000.png,1,x\r\n',
    ),
  })
  rmSync(join(folder, 'rsna_to_nih.csv'))
  expect(checkRsna(folder).films.map((film) => film.patient)).toEqual(['nih-282', 'nih-282', 'nih-30001'])
})

const withLabels = (...rows: ReadonlyArray<string>) =>
  problemsOf(writeRsnaFixture(films, { 'stage_2_train_labels.csv': [labelsCsv({})[0]!, ...rows].join('\n') }))
const withClasses = (...rows: ReadonlyArray<string>) =>
  problemsOf(writeRsnaFixture(films, { 'stage_2_detailed_class_info.csv': [classesCsv({})[0]!, ...rows].join('\n') }))

describe('problems', () => {
  const sound = ['a,,,,,0', 'b,1,2,3,4,1', 'c,,,,,0']

  it.each([
    [
      'a number',
      ['a,,,,,0', 'b,1,x2,3,4,1', 'c,,,,,0'],
      'number: stage_2_train_labels.csv line 3: y is "x2", expected a number',
    ],
    [
      'half a box',
      ['a,,,,,0', 'b,1,,3,4,1', 'c,,,,,0'],
      'number: stage_2_train_labels.csv line 3: y is "", expected a number',
    ],
    [
      'a short row',
      ['a,,,,,0', 'b,1,2,3,4,1', 'c,,'],
      'number: stage_2_train_labels.csv line 4: Target is "", expected 0 or 1',
    ],
    [
      'an empty box',
      ['a,,,,,0', 'b,1,2,0,4,1', 'c,,,,,0'],
      'box: stage_2_train_labels.csv line 3: the box is 0 x 4 pixels, it must not be empty',
    ],
    [
      'a box outside',
      ['a,,,,,0', 'b,1,2,3,7,1', 'c,,,,,0'],
      'box: the box from (1, 2) to (4, 9) of b leaves its film of 8 x 8',
    ],
    ['a box twice', [...sound, 'b,1,2,3,4,1'], 'box: stage_2_train_labels.csv line 5: the same box of b a second time'],
    [
      'Target 1 without box',
      ['a,,,,,0', 'b,,,,,1', 'c,,,,,0'],
      'box: stage_2_train_labels.csv line 3: b has Target 1 and no box',
    ],
    [
      'Target 0 with box',
      ['a,,,,,0', 'b,1,2,3,4,1', 'c,1,2,3,4,0'],
      'box: stage_2_train_labels.csv line 4: c has Target 0 and a box',
    ],
    [
      'conflicting targets',
      [...sound, 'b,,,,,0'],
      'target: stage_2_train_labels.csv line 5: b has Target 0, on line 3 Target 1',
    ],
    ['a row without film', [...sound, 'd,,,,,0'], 'row-without-film: line 5 of the labels: there is no d.dcm'],
    ['a film without row', sound.slice(0, 2), 'film-without-row: c.dcm has no row in the labels'],
    ['class against target', ['a,1,2,3,4,1', 'b,1,2,3,4,1', 'c,,,,,0'], 'class: film a is "Normal" and has Target 1'],
  ] as const)('%s', (_, rows, problem) => {
    expect(withLabels(...rows)).toContain(problem)
  })

  it('an unknown class, a missing class, two classes', () => {
    const found = withClasses('a,Normal', 'a,Lung Opacity', 'b,Pneumonia')
    expect(found.filter((p) => p.startsWith('class'))).toEqual([
      'class: stage_2_detailed_class_info.csv line 3: a is "Lung Opacity", before "Normal"',
      'class: stage_2_detailed_class_info.csv line 4: class "Pneumonia", expected "Normal", "No Lung Opacity / Not Normal", "Lung Opacity"',
      'class: film b (line 2 of the labels) has no class',
      'class: film c (line 4 of the labels) has no class',
    ])
  })

  it('missing files, columns, folders', () => {
    const folder = writeRsnaFixture(films)
    rmSync(join(folder, 'stage_2_detailed_class_info.csv'))
    writeFileSync(join(folder, 'stage_2_train_labels.csv'), 'patientId;x;y\n')
    expect(problemsOf(folder)).toEqual([
      'missing: there is no stage_2_detailed_class_info.csv',
      'column: stage_2_train_labels.csv has no column "patientId", "x", "y", "width", "height", "Target"; it has patientId;x;y',
    ])
    rmSync(join(folder, 'stage_2_train_images'), { recursive: true })
    expect(problemsOf(folder)).toContain('missing: there is no folder stage_2_train_images')
    expect(problemsOf(join(folder, 'nowhere'))).toEqual(['missing: there is no such folder'])
    expect(problemsOf(writeRsnaFixture({}))).toContain('missing: stage_2_train_images holds no .dcm file')
  })

  it('truncated, foreign and lateral films', () => {
    const folder = writeRsnaFixture({ ...films, d: { class: 'Normal', view: 'LL' } })
    writeFileSync(image(folder, 'a'), readFileSync(image(folder, 'a')).subarray(0, -10))
    writeFileSync(image(folder, 'b'), 'patientId')
    const found = problemsOf(folder)
    expect(found).toHaveLength(3)
    expect(found[0]).toMatch(/^film: a\.dcm: the file ends after 54 of 64 bytes of pixel data\. Copy or download/)
    expect(found[1]).toMatch(/^film: b\.dcm: not a DICOM file\./)
    expect(found[2]).toBe('view: d.dcm has the view LL; frontal films (PA, AP) are read')
  })

  it('one error has them all; its message the first 20, kinds in turns, and the counts', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`m${i}`, { class: 'Normal' as const }]))
    const folder = writeRsnaFixture(
      { ...films, ...many },
      { 'stage_2_train_labels.csv': 'patientId,x,y,width,height,Target\na,1,2,0,1,1' },
    )
    const error = (() => {
      try {
        return checkRsna(folder)
      } catch (e) {
        return e
      }
    })() as RsnaFolderError
    expect(error._tag).toBe('RsnaFolderError')
    expect(error.problems.filter((p) => p.kind === 'film-without-row')).toHaveLength(42)
    expect(error.message).toMatch(/films without a row: 42/)
    expect(error.message).toContain('the box is 0 x 1 pixels')
    expect(error.message.match(/^ {2}- /gm)).toHaveLength(20)
    expect(error.message).toContain(`… and ${error.problems.length - 20} more`)
  })
})
