import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { writeDicom } from '../../dicom/writeDicom.ts'
import { checkFolder } from '../../folder/checkFolder.ts'
import { greyPng } from '../../testing/greyPng.ts'
import { problemsOf } from '../../testing/problemsOf.ts'
import { writeFolder } from '../../testing/writeFolder.ts'

const png = greyPng(8, 8)
const files = {
  'NORMAL/a 1.png': png,
  'NORMAL/b.dcm': writeDicom({ id: 'b', rows: 4, columns: 8, stored: new Uint8Array(32), view: 'AP', sex: 'F' }),
  'PNEUMONIA/a 1.png': png,
  // neither is a class
  'notes/readme.txt': 'mine',
  '__MACOSX/c.png': png,
}

it('a sound folder: a class a folder, ids by class and stem, no patients', async () => {
  const folder = await checkFolder(writeFolder(files), undefined)
  expect(folder).toMatchObject({
    layout: 'classes',
    labelsFile: '',
    findings: ['PNEUMONIA'],
    finding: 'PNEUMONIA',
    hasBoxes: false,
    patientsKnown: false,
  })
  expect(folder.films).toMatchObject([
    {
      film: 'NORMAL_a_1',
      patient: 'NORMAL_a_1',
      format: 'png',
      class: 'Normal',
      target: 0,
      mentions: { PNEUMONIA: 0 },
    },
    { film: 'NORMAL_b', format: 'dicom', rows: 4, view: 'AP', sex: 'F', class: 'Normal', target: 0 },
    { film: 'PNEUMONIA_a_1', class: 'PNEUMONIA', target: 1, mentions: { PNEUMONIA: 1 } },
  ])
})

it('groups.csv: persons, and labels finer than the folders', async () => {
  const rows = [
    'file,patient,label',
    'NORMAL/a 1.png,p1,Normal',
    '.\\NORMAL\\b.dcm,p1,',
    '"PNEUMONIA/a 1.png",p2,Pneumonia|Virus',
    'PNEUMONIA/c.png,p2,Pneumonia|Bacteria',
    'PNEUMONIA/d.png,p3,',
  ]
  const folder = writeFolder({
    ...files,
    'PNEUMONIA/c.png': png,
    'PNEUMONIA/d.png': png,
    'groups.csv': `\uFEFF${rows.join('\r\n')}`,
  })
  const { films, findings, finding, labelsFile, patientsKnown } = await checkFolder(folder, undefined)
  expect([findings, finding, labelsFile, patientsKnown]).toEqual([
    ['PNEUMONIA', 'Virus', 'Bacteria'],
    'PNEUMONIA',
    'groups.csv',
    true,
  ])
  expect(films.map(({ film, patient, mentions }) => [film, patient, mentions])).toEqual([
    ['NORMAL_a_1', 'p1', { PNEUMONIA: 0, Virus: 0, Bacteria: 0 }],
    ['NORMAL_b', 'p1', { PNEUMONIA: 0, Virus: 0, Bacteria: 0 }],
    ['PNEUMONIA_a_1', 'p2', { PNEUMONIA: 1, Virus: 1, Bacteria: 0 }],
    ['PNEUMONIA_c', 'p2', { PNEUMONIA: 1, Virus: 0, Bacteria: 1 }],
    // which of the two groups.csv does not say
    ['PNEUMONIA_d', 'p3', { PNEUMONIA: 1 }],
  ])
  const virus = await checkFolder(folder, undefined, { finding: 'Virus' })
  expect(virus.films.map(({ target }) => target)).toEqual([0, 0, 1, 0, 0])
})

it('a label is one whatever its case, as it is spelled first; a folder as well', async () => {
  const root = writeFolder({
    'NORMAL/a.png': png,
    'Virus/b.png': png,
    'virus/c.png': png,
    'groups.csv': 'file,patient,label\nVirus/b.png,p1,Virus|Wet\nvirus/c.png,p2,wet\nNORMAL/a.png,p3,',
  })
  const { films, findings, finding } = await checkFolder(root, undefined)
  expect([findings, finding]).toEqual([['Virus', 'Wet'], 'Virus'])
  expect(films.map(({ class: name, mentions }) => [name, mentions])).toEqual([
    ['Normal', { Virus: 0, Wet: 0 }],
    ['Virus', { Virus: 1, Wet: 1 }],
    ['Virus', { Virus: 1, Wet: 1 }],
  ])
})

it('folders that are parts of a split or of another layout are no classes, though they hold films', async () => {
  const { films, findings } = await checkFolder(
    writeFolder({ ...files, 'images/x.png': png, 'Test/y.png': png }),
    undefined,
  )
  expect([findings, films.length]).toEqual([['PNEUMONIA'], 3])
})

it('up to 100 labels beside the folders are read; more are no labels', async () => {
  const withLabels = (n: number) =>
    writeFolder({
      ...files,
      'groups.csv': `file,patient,label\nPNEUMONIA/a 1.png,p1,${Array.from({ length: n }, (_, i) => `note ${i}`).join('|')}`,
    })
  expect((await checkFolder(withLabels(100), undefined)).findings).toHaveLength(101)
  expect(await problemsOf(withLabels(101), { skipBad: true })).toEqual([
    'class: groups.csv has 101 different labels beside the folders, at most 100 are read: the column label names findings, parted by "|"; mend or remove it',
  ])
})

it('more than 100 folders are no classes', async () => {
  const folders = Array.from({ length: 101 }, (_, i) => [`patient ${i}/a.png`, png] as const)
  expect(await problemsOf(writeFolder(Object.fromEntries(folders)))).toEqual([
    'class: 101 folders hold films, at most 100 classes are read',
  ])
})

it('ids stay apart where names meet', async () => {
  const folder = await checkFolder(
    writeFolder({ 'normal/x.png': png, 'A/B_c.png': png, 'A_B/c.png': png, 'A_B/d.png': png }),
    undefined,
    { finding: 'A' },
  )
  const ids = folder.films.map(({ film }) => film)
  expect(ids).toEqual([
    expect.stringMatching(/^A_B_c~[0-9a-f]+$/),
    expect.stringMatching(/^A_B_c~[0-9a-f]+$/),
    'A_B_d',
    'normal_x',
  ])
  expect(new Set(ids).size).toBe(4)
})

describe('problems', () => {
  const withGroups = (...rows: ReadonlyArray<string>) =>
    problemsOf(writeFolder({ ...files, 'groups.csv': ['file,patient,label', ...rows].join('\n') }))

  it.each([
    ['a row without film', 'NORMAL/z.png,p1,', 'row-without-film: groups.csv line 2: there is no "NORMAL/z.png"'],
    [
      'a name in another case',
      'Normal/B.dcm,p1,',
      'row-without-film: groups.csv line 2: there is no "Normal/B.dcm"; did you mean "NORMAL/b.dcm"?',
    ],
    ['no patient', 'NORMAL/b.dcm,,', 'number: groups.csv line 2: patient is empty'],
    [
      'a row twice',
      'NORMAL/b.dcm,p1,\nNORMAL/b.dcm,p2,',
      'duplicate: groups.csv line 3: "NORMAL/b.dcm" is there a second time, first on line 2',
    ],
    [
      'a label against the folder',
      'NORMAL/b.dcm,p1,Pneumonia',
      'class: groups.csv line 2: "NORMAL/b.dcm" is labelled "Pneumonia"',
    ],
    [
      'a path that leads out',
      'NORMAL/../../x.png,p1,',
      'unsafe: groups.csv line 2: the file "NORMAL/../../x.png" leads upwards',
    ],
  ])('%s', async (_, row, problem) => {
    expect(await withGroups(row)).toEqual([problem])
  })

  it('a label that is the class of another folder', async () => {
    const root = writeFolder({
      ...files,
      'OTHER/c.png': png,
      'OTHER/d.png': png,
      'groups.csv':
        'file,patient,label\nOTHER/c.png,p1,Pneumonia\nOTHER/d.png,p2,other|Wet\nNORMAL/b.dcm,p3,Normal|Other',
    })
    expect(await problemsOf(root, { finding: 'PNEUMONIA' })).toEqual([
      'class: groups.csv line 4: "NORMAL/b.dcm" is labelled "Normal|Other"',
      'class: groups.csv line 2: "OTHER/c.png" is labelled "Pneumonia"',
    ])
  })

  it('of several findings any will do where nobody asks for the target', async () => {
    const folder = writeFolder({ ...files, 'B/x.png': png })
    expect(await problemsOf(folder)).toEqual(['finding: there are several findings: name one of "B", "PNEUMONIA"'])
    expect(await problemsOf(folder, { needsFinding: false })).toEqual([])
  })

  it('one film in two formats, a folder in a class, too few classes, too many', async () => {
    const folder = writeFolder({ ...files, 'NORMAL/a 1.jpg': png, 'B/x.png': png })
    mkdirSync(join(folder, 'NORMAL/more'))
    expect(await problemsOf(folder)).toEqual([
      'film: NORMAL/more is a folder: films lie in the folder of their class itself; move or remove it',
      'finding: there are several findings: name one of "B", "PNEUMONIA"',
      'duplicate: NORMAL/a 1.jpg and NORMAL/a 1.png are both film NORMAL_a_1: keep one',
    ])
    expect(await problemsOf(writeFolder({ 'NORMAL/a.png': png }), {}, 'classes')).toEqual([
      'missing: only NORMAL holds films: there are no two classes',
      'finding: there is no finding',
    ])
    const bare = writeFolder({})
    writeFileSync(join(bare, 'a.png'), png)
    expect(await problemsOf(bare, {}, 'classes')).toEqual([
      'missing: no folder in it holds films: there are no two classes',
    ])
  })
})
