import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { checkFolder } from '../../folder/checkFolder.ts'
import { greyPng } from '../../testing/greyPng.ts'
import { problemsOf } from '../../testing/problemsOf.ts'
import { writeFolder } from '../../testing/writeFolder.ts'

const HEADER =
  'Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Lung Opacity,Lung Lesion,Edema,Consolidation,Pneumonia,Atelectasis,Pneumothorax,Pleural Effusion,Pleural Other,Fracture,Support Devices'
const FINDINGS = HEADER.split(',').slice(5)

/** A row with the mentions given, all others blank. */
const row = (path: string, facts: string, mentions: Readonly<Record<string, string>> = {}) =>
  [path, facts, ...FINDINGS.map((finding) => mentions[finding] ?? '')].join(',')

const name = (patient: number, view = 'view1_frontal') => `patient0000${patient}/study1/${view}`
const rows = [
  row(`CheXpert-v1.0-small/train/${name(1)}.png`, 'Female,68,Frontal,AP', {
    'No Finding': '1.0',
    'Support Devices': '1.0',
  }),
  row(`CheXpert-v1.0-small/train/${name(2)}.png`, 'Male,87,Frontal,PA', {
    Pneumonia: '-1.0',
    Edema: '1.0',
    Fracture: '0.0',
  }),
  row(`CheXpert-v1.0-small/train/${name(2, 'view2_lateral')}.png`, 'Male,87,Lateral,', { Edema: '1' }),
  row(`CheXpert-v1.0-small/train/${name(3)}.png`, 'Unknown,0,Frontal,AP', {
    Pneumonia: '0',
    Fracture: '-1',
    Edema: '-1.0',
  }),
]
const films = {
  [`train/${name(1)}.png`]: greyPng(8, 10),
  [`train/${name(2)}.png`]: greyPng(8, 8),
  [`train/${name(2, 'view2_lateral')}.png`]: greyPng(8, 8),
  [`train/${name(3)}.png`]: greyPng(8, 8),
}
const files = { ...films, 'train.csv': [HEADER, ...rows].join('\n') }
const drop = { laterals: 'drop' } as const

it('a sound folder: person and study from the path; present, absent, uncertain and blank kept apart', async () => {
  const folder = await checkFolder(writeFolder(files), undefined, drop)
  expect(folder).toMatchObject({
    layout: 'chexpert',
    labelsFile: 'train.csv',
    findings: FINDINGS,
    finding: 'Pneumonia',
    hasBoxes: false,
    patientsKnown: true,
    left: { laterals: ['patient00002_study1_view2_lateral'] },
  })
  expect(folder.films).toMatchObject([
    {
      film: 'patient00001_study1_view1_frontal',
      patient: 'patient00001',
      view: 'AP',
      sex: 'F',
      age: 68,
      rows: 8,
      columns: 10,
      class: 'Normal',
      target: 0,
    },
    { film: 'patient00002_study1_view1_frontal', view: 'PA', sex: 'M', age: 87, class: 'Edema', target: 1 },
    { film: 'patient00003_study1_view1_frontal', view: 'AP', sex: '', age: 0, class: 'Edema?|Fracture?', target: 0 },
  ])
  expect(folder.films.map(({ mentions }) => mentions)).toEqual([
    { 'No Finding': 1, 'Support Devices': 1 },
    { Pneumonia: -1, Edema: 1, Fracture: 0 },
    { Pneumonia: 0, Fracture: -1, Edema: -1 },
  ])
})

it('a film that shows the finding is not normal, though nothing else is found on it', async () => {
  const { films } = await checkFolder(writeFolder(files), undefined, { ...drop, finding: 'Support Devices' })
  expect(films.map(({ class: name, target }) => [name, target])).toEqual([
    ['Support Devices', 1],
    ['Edema', 0],
    ['Edema?|Fracture?', 0],
  ])
})

it('the uncertain: positive (row C1), negative, or left out', async () => {
  const folder = writeFolder(files)
  const targets = async (uncertain: 'positive' | 'negative' | 'drop') => {
    const { films, left } = await checkFolder(folder, 'chexpert', { ...drop, uncertain })
    return [films.map(({ target }) => target), left.uncertain]
  }
  expect(await targets('positive')).toEqual([[0, 1, 0], []])
  expect(await targets('negative')).toEqual([[0, 0, 0], []])
  expect(await targets('drop')).toEqual([[0, 0], ['patient00002_study1_view1_frontal']])
})

it('the folder that it lies in, of another name than the paths say, with both tables', async () => {
  const inner = Object.fromEntries(Object.entries(films).map(([path, film]) => [`my copy/${path}`, film]))
  const folder = await checkFolder(
    writeFolder({
      ...inner,
      'my copy/train.csv': `\uFEFF${[HEADER, ...rows].join('\r\n')}\r\n`,
      'my copy/valid.csv': [
        HEADER,
        row(`valid/patient64541/study1/view1_frontal.png`, 'Male,73,Frontal,AP', { Pneumonia: '1.0' }),
      ].join('\n'),
      'my copy/valid/patient64541/study1/view1_frontal.png': greyPng(8, 8),
      'notes.txt': 'mine',
    }),
    undefined,
    drop,
  )
  expect(folder.layout).toBe('chexpert')
  expect(folder.labelsFile).toBe('my copy/train.csv')
  expect(folder.films).toHaveLength(4)
  expect(folder.films[3]).toMatchObject({ patient: 'patient64541', target: 1 })
})

describe('problems', () => {
  const withRow = (row: string) =>
    problemsOf(writeFolder({ ...files, 'train.csv': [HEADER, ...rows, row].join('\n') }), drop)

  it.each([
    [
      'a row twice',
      row(`other/train/${name(1)}.png`, 'Female,68,Frontal,AP'),
      'duplicate: train.csv line 6: patient00001_study1_view1_frontal is there a second time, first on line 2 of train.csv',
    ],
    [
      'a row without film',
      row(`train/${name(4)}.png`, 'Female,68,Frontal,AP'),
      'row-without-film: line 6 of train.csv: there is no patient00004_study1_view1_frontal.png',
    ],
    [
      'a path of another form',
      row('train/view1_frontal.png', 'Female,68,Frontal,AP'),
      'number: train.csv line 6: Path is "train/view1_frontal.png", expected …/train/patient00001/study1/view1_frontal.jpg',
    ],
    [
      'a path that leads out',
      row(`../../train/${name(4)}.png`, 'Female,68,Frontal,AP'),
      'unsafe: train.csv line 6: Path "../../train/patient00004/study1/view1_frontal.png" leads upwards',
    ],
  ])('%s', async (_, row, problem) => {
    expect(await withRow(row)).toEqual([problem])
  })

  it('values', async () => {
    const wrong = [
      rows[0]!.replace(',1.0', ',2'),
      ...rows.slice(1, 3),
      row(`train/${name(3)}.png`, 'Female,68,Oblique,AP'),
    ]
    expect(await problemsOf(writeFolder({ ...files, 'train.csv': [HEADER, ...wrong].join('\n') }), drop)).toEqual([
      'number: train.csv line 2: No Finding is "2", expected 1, 0, -1 or nothing',
      'number: train.csv line 5: Frontal/Lateral is "Oblique", expected Frontal or Lateral',
    ])
  })

  it('cells that are names of what every object has', async () => {
    const folder = writeFolder({
      ...files,
      'train.csv': [
        HEADER,
        ...rows.slice(0, 3),
        row(`train/${name(3)}.png`, 'constructor,1,Frontal,AP', { Edema: 'toString' }),
      ].join('\n'),
    })
    expect(await problemsOf(folder, drop)).toEqual([
      'number: train.csv line 5: Edema is "toString", expected 1, 0, -1 or nothing',
    ])
  })

  it('No Finding beside a finding; devices are none', async () => {
    const wrong = row(`train/${name(3)}.png`, 'Male,1,Frontal,AP', { 'No Finding': '1', Pneumonia: '1.0' })
    const folder = writeFolder({ ...files, 'train.csv': [HEADER, ...rows.slice(0, 3), wrong].join('\n') })
    expect(await problemsOf(folder, drop)).toEqual(['class: train.csv line 5: "No Finding" is 1 beside "Pneumonia"'])
  })

  it('laterals end the check unless they are dropped; a film without a row', async () => {
    const folder = writeFolder({ ...files, 'train.csv': [HEADER, ...rows.slice(0, 3)].join('\n') })
    expect(await problemsOf(folder)).toEqual([
      'film-without-row: train/patient00003/study1/view1_frontal.png has no row in train.csv',
      'view: train/patient00002/study1/view2_lateral.png has the view LATERAL; frontal films (PA, AP) are read',
    ])
  })

  it('a film that is broken is named by its path', async () => {
    const folder = writeFolder({ ...files, [`train/${name(1)}.png`]: 'no film' })
    expect(await problemsOf(folder, drop)).toEqual([
      expect.stringMatching(/^film: train\/patient00001\/study1\/view1_frontal\.png: /),
    ])
  })

  it('a table without its folder, a folder without its table, neither', async () => {
    const folder = writeFolder({ ...files, 'valid.csv': HEADER })
    expect(await problemsOf(folder, drop)).toContain(
      'missing: there is valid.csv and no folder valid: add it, or leave out both',
    )
    const other = writeFolder({ ...files, 'valid/patient1/study1/view1_frontal.png': greyPng(8, 8) })
    expect(await problemsOf(other, drop)).toContain(
      'missing: there is a folder valid and no valid.csv: add it, or leave out both',
    )
    rmSync(join(folder, 'train'), { recursive: true })
    rmSync(join(folder, 'train.csv'))
    rmSync(join(folder, 'valid.csv'))
    expect(await problemsOf(folder, drop, 'chexpert')).toEqual([
      'missing: no film (.dcm, .png, .jpg, .tif) lies in train or valid by patient and study',
      'missing: there is neither train.csv nor valid.csv',
    ])
  })
})
