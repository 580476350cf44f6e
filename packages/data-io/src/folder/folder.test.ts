// The small parts of a folder's check, each on its own.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { FolderError } from './FolderError.ts'
import { greyPng } from '../testing/greyPng.ts'
import { problemsOf } from '../testing/problemsOf.ts'
import { writeFolder } from '../testing/writeFolder.ts'
import { checkFolder } from './checkFolder.ts'
import { describeFilm } from './describeFilm.ts'
import { describeLayouts, detectLayout } from './detectLayout.ts'
import { filmMap, letterbox, mapBox } from './letterbox.ts'
import { mapBounded } from './mapBounded.ts'
import { nearestName } from './nearestName.ts'
import { placeBoxes } from './placeBoxes.ts'
import { readFolderTables } from './readFolderTables.ts'
import { summariseFolder, summariseTables } from './summariseFolder.ts'

const png = greyPng(8, 8)

describe('detectLayout', () => {
  it.each([
    [{ 'stage_2_train_images/a.dcm': '' }, 'rsna'],
    [{ 'stage_2_train_labels.csv': '' }, 'rsna'],
    [{ 'Data_Entry_2017.csv': '', 'images/a.png': '', 'more/b.png': '' }, 'nih'],
    [{ 'Data_Entry_2017_v2020.csv.gz': '' }, 'nih'],
    [{ 'train.csv': '', 'train/patient00001/study1/view1_frontal.jpg': '' }, 'chexpert'],
    [
      { 'CheXpert-v1.0-small/valid.csv': '', 'CheXpert-v1.0-small/valid/patient1/x': '', 'other/a.txt': '' },
      'chexpert',
    ],
    [{ 'NORMAL/a.jpeg': '', 'PNEUMONIA/b.TIF': '' }, 'classes'],
    // tables of other competitions beside folders of classes
    [{ 'train.csv': '', 'normal/a.png': '', 'opacity/b.png': '' }, 'classes'],
    // parts of a dataset, not classes
    [{ 'train/a.png': '', 'test/b.png': '', 'val/c.png': '' }, undefined],
    [{ 'images/a.png': '', 'NORMAL/b.png': '' }, undefined],
    [{ 'NORMAL/a.png': '', 'notes/b.txt': '' }, undefined],
    // what macOS leaves beside films
    [{ 'NORMAL/._a.png': '', 'PNEUMONIA/._b.png': '' }, undefined],
    [{}, undefined],
  ] as const)('%j is %s', (files, layout) => {
    expect(detectLayout(writeFolder(files))).toBe(layout)
  })

  it('nowhere is no layout; each layout has its line', () => {
    expect(detectLayout('/nowhere/at/all')).toBeUndefined()
    expect(describeLayouts().map((line) => line.split(':')[0])).toEqual(['rsna', 'nih', 'chexpert', 'classes'])
  })

  it('a folder whose writing was interrupted is refused, whatever else it holds', async () => {
    const root = writeFolder({ 'NORMAL/a.png': png, 'PNEUMONIA/b.png': png, '.unfinished/groups.csv': '' })
    const refused =
      'missing: it holds .unfinished: its writing is not done, or was interrupted; write it anew elsewhere'
    expect(await problemsOf(root)).toEqual([refused])
    expect(await problemsOf(root, { skipBad: true }, 'classes')).toEqual([refused])
  })

  it('no layout: what is there, whether a folder in it would do, what was looked for', async () => {
    const root = writeFolder({ 'chest_xray/NORMAL/a.png': png, 'chest_xray/PNEUMONIA/b.png': png, 'readme.txt': '' })
    const error = (await checkFolder(root, undefined).catch((e: unknown) => e)) as FolderError
    expect(error.layout).toBeUndefined()
    expect(error.problems).toEqual([
      {
        kind: 'layout',
        message: 'no known layout: it holds chest_xray, readme.txt. The folder chest_xray in it has one: give that',
      },
    ])
    expect(error.message).toContain(`Expected: one of these.\n  - ${describeLayouts()[0]!}\n  - nih: `)
    mkdirSync(join(root, 'empty'))
    expect(await problemsOf(join(root, 'empty'))).toEqual(['layout: no known layout: it is empty'])
  })
})

it('a film on disk to a square: the smaller half of odd padding comes first', () => {
  expect(Array.from(letterbox(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), 2, 4, 4))).toEqual([
    0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0,
  ])
  expect(filmMap(2, 4, 4)).toEqual({ scale: 1, padX: 0, padY: 1 })
  // halved: the means of 2 x 2 blocks, of which the padding is half
  expect(Array.from(letterbox(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), 2, 4, 2))).toEqual([0.75, 1.75, 2.75, 3.75])
  expect(filmMap(5, 2, 10)).toEqual({ scale: 2, padX: 1, padY: 0 })
  expect(mapBox([0, 1, 2, 3], filmMap(5, 2, 10))).toEqual([2, 2, 6, 6])
})

it('boxes: unchanged on their own film, scaled from originals, clipped within rounding, reported beyond', () => {
  const at = (box: readonly [number, number, number, number]) => [{ box, label: 'Mass' }]
  const film = { rows: 500, columns: 300 }
  expect(placeBoxes('a', at([0.1, 0.2, 299.7, 499.9]), film, undefined).boxes).toEqual(at([0.1, 0.2, 299.7, 499.9]))
  expect(placeBoxes('a', at([-0.01, 0, 300.01, 500.02]), film, undefined).boxes).toEqual(at([0, 0, 300, 500]))
  expect(placeBoxes('a', at([512, 256, 1024, 512]), film, [1024, 1024]).boxes).toEqual(at([150, 125, 300, 250]))
  expect(placeBoxes('a', at([0, 0, 300.03, 1]), film, undefined)).toEqual({
    boxes: [],
    outside: ['the box from (0, 0) to (300.03, 1) of a leaves its film of 300 x 500'],
  })
})

it('a box that is beside the film within rounding is empty on it', () => {
  const film = { rows: 500, columns: 300 }
  const boxes = [
    { box: [300, 0, 300.01, 9], label: 'Mass' },
    { box: [0, -0.02, 9, 0], label: 'Mass' },
    { box: [299.99, 0, 300.01, 9], label: 'Mass' },
  ] as const
  expect(placeBoxes('a', boxes, film, undefined)).toEqual({
    boxes: [{ box: [299.99, 0, 300, 9], label: 'Mass' }],
    outside: [
      'the box from (300, 0) to (300.01, 9) of a is empty on its film',
      'the box from (0, -0.02) to (9, 0) of a is empty on its film',
    ],
  })
})

it('a film: its header where it says something, else its row; ages beyond 120 are none', () => {
  const found = { id: 'a', file: 'x/a.dcm', name: 'a.dcm' }
  const row = {
    id: 'a',
    where: '',
    patient: undefined,
    view: 'PA',
    sex: 'F',
    age: 40,
    class: '',
    mentions: {},
    boxes: [],
  }
  const header = { path: '/x/a.dcm', format: 'dicom', rows: 8, columns: 8, view: 'AP', sex: '', age: 148 } as const
  const described = (headerAge: number, rowAge: number) =>
    describeFilm(found, { ...header, age: headerAge }, { ...row, age: rowAge }, { boxSpace: undefined }, () => {})
  expect(described(148, 40)).toMatchObject({
    film: 'a',
    patient: 'a',
    patientKnown: false,
    view: 'AP',
    sex: 'F',
    age: 40,
  })
  expect([described(39, 40), described(-1, 155), described(0, 40)].map(({ age }) => age)).toEqual([39, -1, 0])
})

it('the nearest name', () => {
  const names = ['Pleural_Thickening', 'Pneumonia', 'Mass']
  expect(['pneumona', 'pleural thickening', 'Masses', 'Edema', ''].map((name) => nearestName(name, names))).toEqual([
    'Pneumonia',
    'Pleural_Thickening',
    'Mass',
    undefined,
    undefined,
  ])
  expect(nearestName('x', ['a', 'b'])).toBeUndefined()
})

it('a bounded map: results in order, never more at a time, the first failure ends it', async () => {
  let running = 0
  let most = 0
  const results = await mapBounded([5, 1, 3, 1, 1], 2, async (ms) => {
    most = Math.max(most, ++running)
    await setTimeout(ms)
    running -= 1
    return ms * 2
  })
  expect([results, most]).toEqual([[10, 2, 6, 2, 2], 2])
  expect(await mapBounded([], 8, async () => 1)).toEqual([])
  await expect(mapBounded([1], 8, () => Promise.reject(new Error('x')))).rejects.toThrow('x')
})

it('counts of a folder and of tables without films', async () => {
  const tables = {
    'Data_Entry_2017.csv': [
      'Image Index,Finding Labels,Patient ID',
      'a.png,Mass|Nodule,1',
      'b.png,Mass,1',
      'c.png,No Finding,2',
    ].join('\n'),
    'BBox_List_2017.csv': [
      'Image Index,Finding Label,Bbox [x,y,w,h],,,',
      'a.png,Mass,0,0,10,4',
      'a.png,Mass,0,0,30,8',
      'a.png,Nodule,0,0,20,1',
      'b.png,Mass,0,0,40,2',
    ].join('\n'),
  }
  const root = writeFolder({ ...tables, 'images/a.png': png, 'images/b.png': png, 'images/c.png': png })
  const expected = {
    films: 3,
    positives: 2,
    boxes: 4,
    boxesByLabel: { Mass: 3, Nodule: 1 },
    boxesPerPositive: [1, 1],
    classes: { 'Mass|Nodule': 1, Mass: 1, Normal: 1 },
    patients: 2,
    boxWidths: [10, 25, 40],
    boxHeights: [1, 3, 8],
  }
  const ofTables = summariseTables(await readFolderTables(writeFolder(tables), 'nih'), 'Mass')
  expect(ofTables).toMatchObject({ rows: 3, ...expected })
  expect(ofTables.mentions['Mass']).toEqual({ present: 2, absent: 1, uncertain: 0, blank: 0 })
  // 1024 to 8 pixels
  expect(summariseFolder(await checkFolder(root, 'nih', { finding: 'Mass' }))).toMatchObject({
    ...expected,
    boxWidths: [10 / 128, 25 / 128, 40 / 128],
    boxHeights: [1 / 128, 3 / 128, 8 / 128],
  })
  await expect(readFolderTables(root, 'rsna')).rejects.toThrow('there is no stage_2_train_labels.csv')
})

it('an error about the finding says how one is chosen', () => {
  const { message } = new FolderError(
    'films',
    'classes',
    [{ kind: 'finding', message: 'there are several' }],
    'folders.',
  )
  expect(message).toContain(
    'run again. A finding is chosen with finding (--finding, in a run --set finding=…). Expected: ',
  )
})
