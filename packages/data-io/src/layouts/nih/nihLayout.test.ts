import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { checkFolder } from '../../folder/checkFolder.ts'
import { greyPng } from '../../testing/greyPng.ts'
import { problemsOf } from '../../testing/problemsOf.ts'
import { writeFolder } from '../../testing/writeFolder.ts'

const HEADER =
  'Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y],'
const BOXES = 'Image Index,Finding Label,Bbox [x,y,w,h],,,'
const entry = (image: string, labels: string, patient: string, age = '058Y') =>
  `${image},${labels},0,${patient},${age},M,PA,2682,2749,0.143,0.143,`

const files = {
  'images/00000001_000.png': greyPng(8, 8),
  // as a table of another size of copies has them: names end in .png, films in .PNG, 16 wide
  'images/00000001_001.PNG': greyPng(8, 16),
  'images/00000013_000.png': greyPng(8, 8),
  'Data_Entry_2017.csv': [
    HEADER,
    entry('00000001_000.png', 'No Finding', '1'),
    entry('00000001_001.png', 'Infiltration|Pneumonia', '1', '059Y'),
    // the first table's age of a child of 411 years
    entry('00000013_000.png', 'Mass', '00013', '411Y'),
  ].join('\n'),
  'BBox_List_2017.csv': [
    BOXES,
    '00000001_001.png,Infiltrate,128,256,512,256,,,',
    '00000001_001.png,Pneumonia,0,0,1024,1024',
    '00000013_000.png,Mass,512.5,0,256,128',
  ].join('\n'),
}

it('a sound folder: ids by stem, patients by number, boxes scaled from 1024 x 1024, findings of others as well', async () => {
  const folder = await checkFolder(writeFolder(files), undefined)
  expect(folder).toMatchObject({
    layout: 'nih',
    labelsFile: 'Data_Entry_2017.csv',
    finding: 'Pneumonia',
    hasBoxes: true,
    patientsKnown: true,
  })
  expect(folder.findings).toHaveLength(14)
  expect(folder.films.map(({ film, patient, class: name, target, age }) => [film, patient, name, target, age])).toEqual(
    [
      ['00000001_000', 'nih-1', 'Normal', 0, 58],
      ['00000001_001', 'nih-1', 'Infiltration|Pneumonia', 1, 59],
      ['00000013_000', 'nih-13', 'Mass', 0, -1],
    ],
  )
  expect(folder.films.map(({ boxes }) => boxes)).toEqual([
    [],
    // x by 16/1024, y by 8/1024
    [
      { box: [2, 2, 10, 4], label: 'Infiltration' },
      { box: [0, 0, 16, 8], label: 'Pneumonia' },
    ],
    [{ box: [512.5 / 128, 0, 768.5 / 128, 1], label: 'Mass' }],
  ])
  const { mentions } = folder.films[1]!
  expect(Object.values(mentions).reduce<number>((sum, mention) => sum + mention, 0)).toBe(2)
  expect(mentions).toMatchObject({ Infiltration: 1, Pneumonia: 1, Mass: 0, Hernia: 0 })
})

it('another finding, and only its boxed positives', async () => {
  const folder = writeFolder({ ...files, 'BBox_List_2017.csv': `${BOXES}\n00000013_000.png,Mass,0,0,8,8` })
  const mass = await checkFolder(folder, 'nih', { finding: 'Mass' })
  expect(mass.films.map(({ target }) => target)).toEqual([0, 0, 1])
  const boxed = await checkFolder(folder, 'nih', { unboxed: 'drop' })
  expect(boxed.films.map(({ film }) => film)).toEqual(['00000001_000', '00000013_000'])
  expect(boxed.left.unboxed).toEqual(['00000001_001'])
})

it('Kaggle’s folders, the table of 2020 with Windows line ends and a byte order mark, no boxes', async () => {
  const rows = [
    HEADER.slice(0, -1),
    '00000001_000.png,"No Finding",0,1,57,F,AP,2682,2749,0.143,0.143',
    '00000002_000.png,Cardiomegaly | Effusion,0,2,81,M,PA,2682,2749,0.143,0.143',
  ]
  const folder = await checkFolder(
    writeFolder({
      'images_001/images/00000001_000.png': greyPng(8, 8),
      'images_012/images/00000002_000.png': greyPng(8, 8),
      'Data_Entry_2017_v2020.csv': `\uFEFF${rows.join('\r\n')}\r\n`,
    }),
    undefined,
  )
  expect(folder.hasBoxes).toBe(false)
  expect(folder.labelsFile).toBe('Data_Entry_2017_v2020.csv')
  expect(folder.films).toMatchObject([
    { film: '00000001_000', view: 'AP', sex: 'F', age: 57, class: 'Normal' },
    { film: '00000002_000', view: 'PA', sex: 'M', age: 81, class: 'Cardiomegaly|Effusion' },
  ])
})

describe('problems', () => {
  const withEntries = (...rows: ReadonlyArray<string>) =>
    problemsOf(
      writeFolder({ ...files, 'BBox_List_2017.csv': BOXES, 'Data_Entry_2017.csv': [HEADER, ...rows].join('\n') }),
    )
  const withBoxes = (row: string) => problemsOf(writeFolder({ ...files, 'BBox_List_2017.csv': `${BOXES}\n${row}` }))
  const sound = [
    entry('00000001_000.png', 'No Finding', '1'),
    entry('00000001_001.png', 'Pneumonia', '1'),
    entry('00000013_000.png', 'Mass', '13'),
  ]

  it.each([
    [
      'an unknown finding',
      [...sound.slice(0, 2), entry('00000013_000.png', 'Pleural Thickening|Mass', '13')],
      'class: Data_Entry_2017.csv line 4: the finding "Pleural Thickening" is none of the fourteen and not "No Finding"; did you mean "Pleural_Thickening"?',
    ],
    [
      'no finding beside one',
      [...sound.slice(0, 2), entry('00000013_000.png', 'No Finding|Mass', '13')],
      'class: Data_Entry_2017.csv line 4: "No Finding" beside other findings',
    ],
    [
      'a row twice',
      [...sound, sound[0]!],
      'duplicate: Data_Entry_2017.csv line 5: 00000001_000 is there a second time, first on line 2',
    ],
    [
      'a row without film',
      [...sound, entry('00000014_000.png', 'Mass', '14')],
      'row-without-film: line 5 of Data_Entry_2017.csv: there is no 00000014_000.png',
    ],
    ['a film without row', sound.slice(1), 'film-without-row: 00000001_000.png has no row in Data_Entry_2017.csv'],
    [
      'a patient without a number',
      [...sound.slice(0, 2), entry('00000013_000.png', 'Mass', 'Jane Doe')],
      'number: Data_Entry_2017.csv line 4: Patient ID is empty or no number',
    ],
    [
      'a lateral film',
      [...sound.slice(0, 2), sound[2]!.replace(',PA,', ',LL,')],
      'view: 00000013_000.png has the view LL; frontal films (PA, AP) are read',
    ],
    [
      'a path for a name',
      [...sound, entry('/etc/passwd', 'Mass', '14')],
      'unsafe: Data_Entry_2017.csv line 5: the image "/etc/passwd" is an absolute path',
    ],
    [
      'a folder in a name',
      [...sound, entry('images/00000014_000.png', 'Mass', '14')],
      'unsafe: Data_Entry_2017.csv line 5: the image "images/00000014_000.png" holds a separator; a bare name is expected',
    ],
  ])('%s', async (_, rows, problem) => {
    expect(await withEntries(...rows)).toEqual([problem])
  })

  it('a sex that is none is unknown', async () => {
    const rows = [sound[0]!.replace(',M,', ',Jane Doe,'), ...sound.slice(1)]
    const root = writeFolder({
      ...files,
      'BBox_List_2017.csv': BOXES,
      'Data_Entry_2017.csv': [HEADER, ...rows].join('\n'),
    })
    expect((await checkFolder(root, undefined)).films.map(({ sex }) => sex)).toEqual(['', 'M', 'M'])
  })

  it.each([
    [
      'a finding that every object has',
      '00000013_000.png,constructor,1,1,8,8',
      'class: BBox_List_2017.csv line 2: the finding "constructor" is none of the fourteen',
    ],
    [
      'a box of another finding',
      '00000013_000.png,Nodule,1,1,8,8',
      'box: BBox_List_2017.csv line 2: a box of Nodule on 00000013_000, whose entry does not list it',
    ],
    [
      'a box of an unknown finding',
      '00000013_000.png,Masses,1,1,8,8',
      'class: BBox_List_2017.csv line 2: the finding "Masses" is none of the fourteen; did you mean "Mass"?',
    ],
    [
      'a box on no film',
      '00000014_000.png,Mass,1,1,8,8',
      'row-without-film: BBox_List_2017.csv line 2: "00000014_000.png" has no entry',
    ],
    [
      'a box outside the originals',
      '00000013_000.png,Mass,1000,1,100,8',
      'box: the box from (1000, 1) to (1100, 9) of 00000013_000 leaves the originals of 1024 x 1024',
    ],
    [
      'an empty box',
      '00000013_000.png,Mass,1,1,0,8',
      'box: BBox_List_2017.csv line 2: the box is 0 x 8 pixels, it must not be empty',
    ],
    [
      'no number',
      '00000013_000.png,Mass,1,1,wide,8',
      'number: BBox_List_2017.csv line 2: width is "wide", expected a number',
    ],
    [
      'a box twice',
      '00000013_000.png,Mass,1,1,8,8\n00000013_000.png,Mass,1,1,8,8',
      'box: BBox_List_2017.csv line 3: the same box of 00000013_000 a second time',
    ],
    [
      'a path',
      '..\\00000013_000.png,Mass,1,1,8,8',
      'unsafe: BBox_List_2017.csv line 2: the image "..\\00000013_000.png" leads upwards',
    ],
  ])('%s', async (_, row, problem) => {
    expect(await withBoxes(row)).toEqual([problem])
  })

  it('two tables, no films, one film in two folders', async () => {
    const folder = writeFolder({ ...files, 'images_002/00000001_000.png': greyPng(8, 8) })
    expect(await problemsOf(folder)).toEqual([
      'duplicate: images/00000001_000.png and images_002/00000001_000.png are both film 00000001_000: keep one',
    ])
    writeFileSync(join(folder, 'Data_Entry_2017_v2020.csv'), files['Data_Entry_2017.csv'])
    expect(await problemsOf(folder)).toContain(
      'duplicate: Data_Entry_2017.csv and Data_Entry_2017_v2020.csv both list the films: keep one',
    )
    rmSync(join(folder, 'images'), { recursive: true })
    rmSync(join(folder, 'images_002', '00000001_000.png'))
    expect(await problemsOf(folder)).toContain('missing: no film (.dcm, .png, .jpg, .tif) lies in images_002')
    rmSync(join(folder, 'images_002'), { recursive: true })
    rmSync(join(folder, 'Data_Entry_2017.csv'))
    rmSync(join(folder, 'Data_Entry_2017_v2020.csv'))
    expect(await problemsOf(folder, {}, 'nih')).toEqual([
      'missing: there is no folder images, and none such as images_001',
      'missing: there is no Data_Entry_2017.csv',
    ])
  })
})
