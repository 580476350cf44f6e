import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { checkFolder } from '../../folder/checkFolder.ts'
import { FolderError } from '../../folder/FolderError.ts'
import { greyPng } from '../../testing/greyPng.ts'
import { problemsOf } from '../../testing/problemsOf.ts'
import { labelsCsv, classesCsv, writeRsnaFixture } from '../../testing/rsnaFixture.ts'
import type { FixtureFilm } from '../../testing/rsnaFixture.ts'
import { writeFolder } from '../../testing/writeFolder.ts'

const films: Readonly<Record<string, FixtureFilm>> = {
  b: { class: 'Lung Opacity', boxes: [[1, 2, 3, 4]], patient: 'nih-1', view: 'AP', sex: 'F', age: '051Y' },
  a: { class: 'Normal', patient: 'nih-1' },
  c: { class: 'No Lung Opacity / Not Normal', rows: 6, columns: 8, patient: 'nih-2' },
}
const image = (folder: string, id: string) => join(folder, 'stage_2_train_images', `${id}.dcm`)
const label = 'Lung Opacity'

it('a sound folder: films in order of id, with patients, boxes, classes', async () => {
  const root = writeRsnaFixture(films)
  const folder = await checkFolder(root, undefined)
  expect(folder.films).toEqual([
    {
      film: 'a',
      patient: 'nih-1',
      patientKnown: true,
      view: 'PA',
      sex: '',
      age: -1,
      path: image(root, 'a'),
      format: 'dicom',
      rows: 8,
      columns: 8,
      class: 'Normal',
      mentions: { 'Lung Opacity': 0 },
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
      path: image(root, 'b'),
      format: 'dicom',
      rows: 8,
      columns: 8,
      class: 'Lung Opacity',
      mentions: { 'Lung Opacity': 1 },
      target: 1,
      boxes: [{ box: [1, 2, 4, 6], label }],
    },
    {
      film: 'c',
      patient: 'nih-2',
      patientKnown: true,
      view: 'PA',
      sex: '',
      age: -1,
      path: image(root, 'c'),
      format: 'dicom',
      rows: 6,
      columns: 8,
      class: 'No Lung Opacity / Not Normal',
      mentions: { 'Lung Opacity': 0 },
      target: 0,
      boxes: [],
    },
  ])
  expect(folder).toMatchObject({
    layout: 'rsna',
    folder: root,
    labelsFile: 'stage_2_train_labels.csv',
    findings: [label],
    finding: label,
    hasBoxes: true,
    patientsKnown: true,
    left: { bad: [], laterals: [], unboxed: [], uncertain: [] },
  })
})

it('without a map each film stands for its own patient, and the folder says so', async () => {
  const folder = writeRsnaFixture(films)
  rmSync(join(folder, 'rsna_to_nih.csv'))
  const { films: found, patientsKnown } = await checkFolder(folder, 'rsna')
  expect(found.map((f) => [f.patient, f.patientKnown])).toEqual([
    ['a', false],
    ['b', false],
    ['c', false],
  ])
  expect(patientsKnown).toBe(false)
})

it('byte order mark, Windows line ends, quotes and gzip', async () => {
  const folder = writeRsnaFixture(films, {
    'stage_2_train_labels.csv': `\uFEFF${labelsCsv(films).join('\r\n')}\r\n`,
    'rsna_to_nih_mapping.csv.gz': gzipSync(
      'rsna_patientId,nih_image,pixel_mse,rsna_class\r\n"a",00000282_000.png,1,x\r\nb,00000282_001.png,1,x\r\nc,00030001_000.png,1,x\r\n',
    ),
  })
  rmSync(join(folder, 'rsna_to_nih.csv'))
  const { films: found } = await checkFolder(folder, 'rsna')
  expect(found.map((film) => film.patient)).toEqual(['nih-282', 'nih-282', 'nih-30001'])
})

it('the map’s numbers are the same patient with zeros and without; a sex that is none is unknown', async () => {
  const map = ['patientId,nihPatient,sex', 'a,00000282,x', 'b,282,F', 'c,nih-282,Jane Doe']
  const { films: found } = await checkFolder(writeRsnaFixture(films, { 'rsna_to_nih.csv': map.join('\n') }), 'rsna')
  expect(found.map(({ patient, sex }) => [patient, sex])).toEqual([
    ['nih-282', ''],
    ['nih-282', 'F'],
    ['nih-282', ''],
  ])
  const other = ['patientId,nihPatient', 'a,p1', 'b,p1', 'c,p2']
  const named = await checkFolder(writeRsnaFixture(films, { 'rsna_to_nih.csv': other.join('\n') }), 'rsna')
  expect(named.films.map(({ patient }) => patient)).toEqual(['p1', 'p1', 'p2'])
})

it('copies in image formats: boxes in pixels of the film on disk; view, sex and age from the map', async () => {
  const root = writeFolder({
    'stage_2_train_images/a.png': greyPng(8, 8),
    'stage_2_train_images/B.PNG': greyPng(8, 8),
    // as macOS leaves it beside a.png on foreign disks
    'stage_2_train_images/._a.png': 'no film',
    'stage_2_train_labels.csv': 'patientId,x,y,width,height,Target\na,,,,,0\nB,1.25,0,6.76,8.01,1\n',
    'stage_2_detailed_class_info.csv': 'patientId,class\na,Normal\nB,Lung Opacity\nB,Lung Opacity\n',
    // 148 is among RSNA's ages
    'rsna_to_nih.csv': 'patientId,nihPatient,view,sex,age\na,nih-1,PA,F,65\nB,nih-2,AP,M,148\n',
  })
  const { films: found } = await checkFolder(root, undefined)
  expect(found).toMatchObject([
    { film: 'B', format: 'png', rows: 8, columns: 8, view: 'AP', sex: 'M', age: -1, target: 1 },
    { film: 'a', format: 'png', view: 'PA', sex: 'F', age: 65, target: 0, boxes: [] },
  ])
  // 1.25 + 6.76 and 8.01 are beyond the edge by the rounding of a copy
  expect(found[0]!.boxes).toEqual([{ box: [1.25, 0, 8, 8], label }])
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
      'a row twice',
      [...sound, 'a,,,,,0'],
      'duplicate: stage_2_train_labels.csv line 5: a is there a second time, first on line 2',
    ],
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
    [
      'a name in another case',
      ['A,,,,,0', ...sound.slice(1)],
      'row-without-film: line 2 of the labels: there is no A.dcm; did you mean "a.dcm"?',
    ],
    ['a film without row', sound.slice(0, 2), 'film-without-row: c.dcm has no row in the labels'],
    ['class against target', ['a,1,2,3,4,1', 'b,1,2,3,4,1', 'c,,,,,0'], 'class: film a is "Normal" and has Target 1'],
    [
      'a name that leads out',
      [...sound, '../../etc/passwd,,,,,0'],
      'unsafe: stage_2_train_labels.csv line 5: patientId "../../etc/passwd" leads upwards',
    ],
    ['no name', [...sound, ',,,,,0'], 'number: stage_2_train_labels.csv line 5: patientId is empty'],
  ] as const)('%s', async (_, rows, problem) => {
    expect(await withLabels(...rows)).toContain(problem)
  })

  it('an unknown class, a missing class, two classes', async () => {
    const found = await withClasses('a,Normal', 'a,Lung Opacity', 'b,Pneumonia')
    expect(found.filter((p) => p.startsWith('class'))).toEqual([
      'class: stage_2_detailed_class_info.csv line 3: a is "Lung Opacity", before "Normal"',
      'class: stage_2_detailed_class_info.csv line 4: class "Pneumonia", expected "Normal", "No Lung Opacity / Not Normal", "Lung Opacity"',
      'class: film b (line 2 of the labels) has no class',
      'class: film c (line 4 of the labels) has no class',
    ])
  })

  it('missing files, columns, folders', async () => {
    const folder = writeRsnaFixture(films)
    rmSync(join(folder, 'stage_2_detailed_class_info.csv'))
    writeFileSync(join(folder, 'stage_2_train_labels.csv'), 'patientId;x;y\n')
    expect(await problemsOf(folder)).toEqual([
      'missing: there is no stage_2_detailed_class_info.csv',
      'column: stage_2_train_labels.csv has no column "patientId", "x", "y", "width", "height", "Target"; its first row, which should name its columns, holds 1 other value(s) between commas',
    ])
    writeFileSync(join(folder, 'stage_2_train_labels.csv'), '')
    expect((await problemsOf(folder))[1]).toMatch(/^column: .*; the file is empty$/)
    writeFileSync(join(folder, 'stage_2_train_labels.csv'), 'patientId,x,y,width,height,Target\n')
    expect((await problemsOf(folder))[1]).toBe('missing: stage_2_train_labels.csv has no rows')
    rmSync(join(folder, 'stage_2_train_images'), { recursive: true })
    expect(await problemsOf(folder)).toContain('missing: there is no folder stage_2_train_images')
    expect(await problemsOf(join(folder, 'nowhere'))).toEqual(['missing: there is no such folder'])
    expect(await problemsOf(join(folder, 'stage_2_train_labels.csv'))).toEqual(['missing: it is a file, not a folder'])
    const empty = writeRsnaFixture({})
    expect(await problemsOf(empty)).toContain('missing: stage_2_train_images holds no film (.dcm, .png, .jpg, .tif)')
    writeFileSync(join(empty, 'stage_2_train_images', 'a.bmp'), '')
    expect((await problemsOf(empty))[0]).toMatch(/only others such as a\.bmp$/)
  })

  it('truncated, foreign and lateral films', async () => {
    const folder = writeRsnaFixture({ ...films, d: { class: 'Normal', view: 'LL' } })
    writeFileSync(image(folder, 'a'), readFileSync(image(folder, 'a')).subarray(0, -10))
    writeFileSync(image(folder, 'b'), 'patientId')
    const found = await problemsOf(folder)
    expect(found).toHaveLength(3)
    expect(found[0]).toMatch(/^film: a\.dcm: the file ends after 54 of 64 bytes of pixel data\. Copy or download/)
    expect(found[1]).toMatch(/^film: b\.dcm: not a DICOM file\./)
    expect(found[2]).toBe('view: d.dcm has the view LL; frontal films (PA, AP) are read')
  })

  it('two files of one film', async () => {
    const folder = writeRsnaFixture(films)
    writeFileSync(join(folder, 'stage_2_train_images', 'a.png'), greyPng(8, 8))
    expect(await problemsOf(folder)).toEqual([
      'duplicate: stage_2_train_images/a.dcm and stage_2_train_images/a.png are both film a: keep one',
    ])
  })

  it('boxes left in the pixels of the originals are said to be, once', async () => {
    const box = [600, 300, 200, 300] as const
    const folder = writeRsnaFixture({
      a: { class: 'Lung Opacity', boxes: [box, [100, 300, 200, 300]], rows: 512, columns: 512 },
      b: { class: 'Lung Opacity', boxes: [box], rows: 512, columns: 512 },
    })
    const found = await problemsOf(folder)
    expect(found).toHaveLength(4)
    expect(found[3]).toMatch(/^box: 3 of 3 boxes leave their films: they look like pixels of 1024 x 1024 originals\./)
    // of no one film: skipping films would keep those whose boxes happen to fit
    expect(await problemsOf(folder, { skipBad: true })).toEqual([found[3]])
  })

  it('a few boxes left in the pixels of the originals: of no one film where films at fault are skipped', async () => {
    const size = { class: 'Lung Opacity', rows: 512, columns: 512 } as const
    const inside = [10, 10, 20, 20] as const
    const folder = (...outside: ReadonlyArray<readonly [number, number, number, number]>) =>
      writeRsnaFixture({
        a: { ...size, boxes: [inside, [20, 20, 20, 20], [30, 30, 20, 20]] },
        b: { ...size, boxes: [[40, 40, 20, 20], ...outside] },
      })
    const two = folder([600, 300, 200, 300], [600, 700, 50, 50])
    const found = await problemsOf(two)
    expect(found).toHaveLength(2)
    expect(found.join()).not.toContain('originals')
    expect(await problemsOf(two, { skipBad: true })).toEqual([
      expect.stringMatching(/^box: 2 of 6 boxes leave their films: they look like pixels of 1024 x 1024 originals\./),
    ])
    // one, or one that fits and one that does not, are faults of films
    expect(await problemsOf(folder([600, 300, 200, 300], [600, 700, 500, 50]), { skipBad: true })).toEqual([])
  })

  it('one error has them all; its message the first 20, kinds in turns, and the counts', async () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`m${i}`, { class: 'Normal' as const }]))
    const folder = writeRsnaFixture(
      { ...films, ...many },
      { 'stage_2_train_labels.csv': 'patientId,x,y,width,height,Target\na,1,2,0,1,1' },
    )
    const error = (await checkFolder(folder, 'rsna').catch((e: unknown) => e)) as FolderError
    expect(error).toBeInstanceOf(FolderError)
    expect(error._tag).toBe('FolderError')
    expect(error.layout).toBe('rsna')
    expect(error.problems.filter((p) => p.kind === 'film-without-row')).toHaveLength(42)
    expect(error.message).toMatch(/films without a row: 42/)
    expect(error.message).toContain('the box is 0 x 1 pixels')
    expect(error.message.match(/^ {2}- /gm)).toHaveLength(20)
    expect(error.message).toContain(`… and ${error.problems.length - 20} more`)
    expect(error.message).toContain('run again. Or leave out films at fault with skipBad (--skip-bad). Expected: ')
  })
})

describe('by choice', () => {
  it('skipBad: films at fault are left out and listed; a lateral film and a missing column still end the check', async () => {
    const folder = writeRsnaFixture({ ...films, d: { class: 'Normal', view: 'LL' } })
    writeFileSync(image(folder, 'c'), 'patientId')
    renameSync(image(folder, 'a'), image(folder, 'x'))
    expect(await problemsOf(folder, { skipBad: true })).toEqual([
      'view: d.dcm has the view LL; frontal films (PA, AP) are read',
    ])
    const { films: found, left } = await checkFolder(folder, 'rsna', { skipBad: true, laterals: 'drop' })
    expect(found.map(({ film }) => film)).toEqual(['b'])
    expect(left.bad.map(({ kind, film }) => [kind, film])).toEqual([
      ['row-without-film', 'a'],
      ['film-without-row', 'x'],
      ['film', 'c'],
    ])
    expect(left.laterals).toEqual(['d'])
    writeFileSync(join(folder, 'stage_2_detailed_class_info.csv'), 'id,class\n')
    expect(await problemsOf(folder, { skipBad: true, laterals: 'drop' })).toEqual([
      'column: stage_2_detailed_class_info.csv has no column "patientId"; it has class, and 1 other(s)',
    ])
  })

  it('laterals dropped, whether the header or the map tells', async () => {
    const folder = writeRsnaFixture({ ...films, d: { class: 'Normal', view: 'LL' }, e: { class: 'Normal', view: '' } })
    writeFileSync(join(folder, 'rsna_to_nih.csv'), 'patientId,nihPatient,view\ne,nih-3,RL\n')
    const { films: found, left } = await checkFolder(folder, 'rsna', { laterals: 'drop' })
    expect(found.map(({ film }) => film)).toEqual(['a', 'b', 'c'])
    expect(left).toEqual({ bad: [], laterals: ['d', 'e'], unboxed: [], uncertain: [] })
  })

  it('nothing left', async () => {
    const folder = writeRsnaFixture({ d: { class: 'Normal', view: 'LL' } })
    expect(await problemsOf(folder, { laterals: 'drop' })).toEqual([
      'left: no film is left: 0 problem(s) of films that are left out, 1 lateral, 0 uncertain, 0 positive without a box',
    ])
    writeFileSync(image(folder, 'd'), 'patientId')
    expect(await problemsOf(folder, { skipBad: true })).toEqual([
      expect.stringMatching(/^left: no film is left: 1 pro/),
    ])
  })

  it('a finding that is not known', async () => {
    expect(await problemsOf(writeRsnaFixture(films), { finding: 'lung_opacities' })).toEqual([
      'finding: the finding "lung_opacities" is unknown; did you mean "Lung Opacity"? known are "Lung Opacity"',
    ])
  })
})
