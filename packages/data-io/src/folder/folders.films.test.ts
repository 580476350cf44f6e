import { readFileSync } from 'node:fs'
import { expect, it, jest } from '@jest/globals'
import { filmsFolder } from '../testing/filmsFolder.ts'
import { checkFolder } from './checkFolder.ts'
import { readFolderTables } from './readFolderTables.ts'
import { summariseFolder, summariseTables } from './summariseFolder.ts'

// a table of 110,000 rows is parsed, headers of 6,000 films are read
jest.setTimeout(60_000)

interface Stats {
  readonly films: number
  readonly patients?: number
  readonly boxes?: number
  readonly bbox?: number
  readonly classes?: Readonly<Record<string, number>>
}
const stats = JSON.parse(readFileSync(filmsFolder('stats.json'), 'utf8')) as Readonly<Record<string, Stats>>

it('G2: the counts of the shared tables', async () => {
  expect(summariseTables(await readFolderTables(filmsFolder('tables'), 'rsna'))).toEqual({
    rows: 29_897,
    boxes: 9_484,
    boxesByLabel: { 'Lung Opacity': 9_484 },
    films: 26_376,
    positives: 5_963,
    boxesPerPositive: [2_586, 3_246, 118, 13],
    classes: { Normal: 8_770, 'No Lung Opacity / Not Normal': 11_643, 'Lung Opacity': 5_963 },
    mentions: { 'Lung Opacity': { present: 5_963, absent: 20_413, uncertain: 0, blank: 0 } },
    patients: 11_298,
    boxWidths: [40, 217, 528],
    boxHeights: [46, 299, 942],
  })
})

it('X3: the counts of the shared table of NIH’s boxes, whose findings their entries all list', async () => {
  const { boxes, boxesByLabel, rows } = summariseTables(await readFolderTables(filmsFolder('tables'), 'nih'))
  expect(rows).toBe(110_948)
  expect(boxes).toBe(969)
  expect(boxesByLabel).toEqual({
    Atelectasis: 180,
    Cardiomegaly: 143,
    Effusion: 152,
    Infiltration: 122,
    Mass: 85,
    Nodule: 75,
    Pneumonia: 115,
    Pneumothorax: 97,
  })
})

it.each([
  ['rsna-mini', 'rsna', 'Lung Opacity', 'dicom'],
  ['rsna-mini-64', 'rsna', 'Lung Opacity', 'png'],
  ['nih-mini', 'nih', 'Pneumonia', 'jpeg'],
  ['nih-mini-1024', 'nih', 'Pneumonia', 'png'],
  ['nih-mini-64', 'nih', 'Pneumonia', 'png'],
  ['kermany-224', 'classes', 'PNEUMONIA', 'jpeg'],
] as const)('%s is read as %s, with the counts that its README states', async (name, layout, finding, format) => {
  const folder = await checkFolder(filmsFolder(name), undefined)
  const summary = summariseFolder(folder)
  const { films, patients, boxes, bbox, classes } = stats[name]!
  expect(folder).toMatchObject({ layout, finding, hasBoxes: (boxes ?? bbox) !== undefined, patientsKnown: true })
  expect(summary).toMatchObject({ films, boxes: boxes ?? bbox ?? 0 })
  if (patients !== undefined) expect(summary.patients).toBe(patients)
  if (classes) expect(summary.classes).toEqual(classes)
  expect(new Set(folder.films.map((film) => film.format))).toEqual(new Set([format]))
  const ids = folder.films.map(({ film }) => film)
  expect(ids).toEqual(ids.toSorted())
  expect(folder.left).toEqual({ bad: [], laterals: [], unboxed: [], uncertain: [] })
  if (layout === 'classes') return
  expect(folder.films.every(({ age, sex, view }) => age > 0 && /^[FM]$/.test(sex) && /^(?:PA|AP)$/.test(view))).toBe(
    true,
  )
})

it('nih-mini: boxes of the 1024 x 1024 originals on films of half their size', async () => {
  const [half, whole] = await Promise.all(
    ['nih-mini', 'nih-mini-1024'].map((name) => checkFolder(filmsFolder(name), 'nih')),
  )
  const boxed = (folder: typeof half) =>
    folder!.films.flatMap(({ film, rows, boxes }) =>
      boxes.map(({ box, label }) => [film, label, ...box.map((at) => at / rows)]),
    )
  expect(half!.films.every(({ rows, columns }) => rows === 512 && columns === 512)).toBe(true)
  expect(boxed(half)).toEqual(boxed(whole))
  // 731.43 + 119.20 of 1024
  const [, , , , x1] = boxed(half).find(([film]) => film === '00004296_000')!
  expect(x1).toBeCloseTo(850.624 / 1024, 6)
})

it('kermany-224: bacteria and viruses from groups.csv', async () => {
  const { mentions } = summariseFolder(await checkFolder(filmsFolder('kermany-224'), undefined))
  expect(mentions).toEqual({
    PNEUMONIA: { present: 2_965, absent: 1_100, uncertain: 0, blank: 0 },
    Bacteria: { present: 1_930, absent: 2_135, uncertain: 0, blank: 0 },
    Virus: { present: 1_035, absent: 3_030, uncertain: 0, blank: 0 },
  })
})
