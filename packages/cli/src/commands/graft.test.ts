// `radiograft graft` as a user starts it, on films that the project's own writer makes.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { poissonGraft } from '@radiograft/blend'
import { encodeImage, readDicom, readImage, unitPixels, writeDicom } from '@radiograft/data-io'
import type { DicomFilm, FilmToWrite } from '@radiograft/data-io'
import { boxMask, resizeArea } from '@radiograft/geometry'
import { main } from '../main.ts'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { memoryTerminal } from '../testing/memoryTerminal.ts'
import { testWorkspace } from '../testing/testWorkspace.ts'
import type { Ended } from '../testing/testWorkspace.ts'

jest.setTimeout(120_000)
const workspace = testWorkspace()
const films = emptyFolder('films')

const [ROWS, COLUMNS] = [40, 56]
/** A smooth film with some grain, the same at every call. */
const shade = (rows: number, columns: number, most: number, phase: number): ReadonlyArray<number> =>
  Array.from({ length: rows * columns }, (_, i) => {
    const [x, y] = [(i % columns) / columns, Math.floor(i / columns) / rows]
    return Math.round(most * (0.45 + 0.2 * Math.sin(5 * x + phase) + 0.15 * Math.cos(4 * y - phase) + (i % 7) / 100))
  })
const write = (name: string, film: Partial<FilmToWrite> = {}): string => {
  const { rows = ROWS, columns = COLUMNS } = film
  const path = join(films, name)
  const stored = Uint8Array.from(shade(rows, columns, 255, name.length))
  writeFileSync(path, writeDicom({ id: name, rows, columns, stored, view: 'PA', ...film }))
  return path
}
const film = write('film.dcm')
const donor = write('the donor.dcm')
const read = async (path: string): Promise<DicomFilm> => readDicom(readFileSync(path), path)

/** In this process: the command line without its start, for what needs no process of its own. */
const call = async (...args: ReadonlyArray<string>): Promise<Ended> => {
  const terminal = memoryTerminal()
  const code = await main(['graft', ...args], terminal, new AbortController().signal)
  return { code, signal: null, out: terminal.text(), err: terminal.errors() }
}
const written = (folder: string, ending: string): string =>
  join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(ending))!,
  )
/** Grafts and answers the folder. */
const graft = async (...args: ReadonlyArray<string>): Promise<string> => {
  const out = join(emptyFolder('grafts'), 'out')
  const { code, err } = await call(...args, '--out', out)
  expect([code, err]).toEqual([0, ''])
  return out
}
const outside = (values: ArrayLike<number>, box: readonly [number, number, number, number]): ReadonlyArray<number> => {
  const mask = boxMask([box], ROWS, COLUMNS)
  return Array.from(values).filter((_, i) => mask[i] === 0)
}

it('three files: the film with the graft, the same as DICOM, and the box', async () => {
  const args = ['graft', '--film', film, '--donor', donor, '--box', '8,6,30,21.5']
  const { code, out, err } = await workspace.run(args)
  expect([code, err]).toEqual([0, ''])
  const folder = join(workspace.path, '.radiograft/grafts')
  const [dicom, picture, table] = ['.dcm', '.png', '.csv'].map((ending) => written(folder, ending))
  expect(readdirSync(folder)).toHaveLength(3)
  expect(out).toMatch(
    /^done: the box 8,6,30,21\.5 of a film of 56 x 40, from the donor's 8,6,30,21\.5; Poisson blended\n/,
  )
  for (const path of [dicom, picture, table]) expect(out).toContain(`  ${path} `)

  const [recipient, lender] = [await read(film), await read(donor)]
  const box = [8, 6, 38, 27.5] as const
  const blended = poissonGraft(unitPixels(lender), unitPixels(recipient), [box], ROWS, COLUMNS)
  const shown = await readImage(readFileSync(picture!), 'a.png')
  expect(shown).toMatchObject({ bits: 8, rows: ROWS, columns: COLUMNS })
  expect(Array.from(shown.stored)).toEqual(Array.from(blended, (v) => Math.round(255 * v)))
  expect(outside(shown.stored, box)).toEqual(outside(recipient.stored, box))
  expect(Array.from(shown.stored)).not.toEqual(Array.from(recipient.stored))
  expect((await read(dicom!)).stored).toEqual(shown.stored)
  expect(readFileSync(table!, 'utf8')).toBe(
    `patientId,x,y,width,height,Target\n${basename(dicom!, '.dcm')},8,6,30,21.5,1\n`,
  )

  // and once more: refused, then the same bytes
  const before = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
  const again = await workspace.run(args)
  expect(again.err).toMatch(/^error: .*synthetic-\w+\.png: it is there already\. Give --force to write it again\.\n$/)
  expect([again.code, again.out]).toEqual([2, ''])
  writeFileSync(picture!, 'damaged')
  expect(await workspace.run([...args, '--force'])).toEqual({ code, signal: null, out, err })
  expect(readdirSync(folder).map((name) => readFileSync(join(folder, name)))).toEqual(before)
})

it('--paste: the donor as it is; --boxes coco', async () => {
  const folder = await graft('--film', film, '--donor', donor, '--box', '0,3,9,10', '--paste', '--boxes', 'coco')
  const [recipient, lender, made] = await Promise.all([film, donor, written(folder, '.dcm')].map((path) => read(path)))
  const mask = boxMask([[0, 3, 9, 13]], ROWS, COLUMNS)
  expect(made!.stored).toEqual(recipient!.stored.map((v, i) => (mask[i] ? lender!.stored[i]! : v)))
  const name = basename(written(folder, '.png'))
  expect(JSON.parse(readFileSync(written(folder, '.json'), 'utf8'))).toMatchObject({
    info: { description: expect.stringContaining('SYNTHETIC') },
    images: [{ id: 1, file_name: name, width: COLUMNS, height: ROWS }],
    categories: [{ id: 1, name: 'graft' }],
    annotations: [{ image_id: 1, category_id: 1, bbox: [0, 3, 9, 10], area: 90 }],
  })
})

it('12 bits with a window, signed, 0 as white: stored values outside of the box stay, a PNG of 16 bits shows them', async () => {
  const stored = Int16Array.from(shade(ROWS, COLUMNS, 4095, 2), (v) => v - 2048)
  const grey = { stored, bitsStored: 12, photometric: 'MONOCHROME1', slope: 2, intercept: -100 }
  const deep = write('deep.dcm', { ...grey, window: { centre: -200.5, width: 2500 } })
  const picture = join(films, 'donor.png')
  const values = Uint8Array.from(shade(ROWS, COLUMNS, 255, 4))
  writeFileSync(picture, await encodeImage({ format: 'png', rows: ROWS, columns: COLUMNS, stored: values }))
  const folder = await graft('--film', deep, '--donor', picture, '--box', '20,5,22,30')

  const [before, made] = await Promise.all([deep, written(folder, '.dcm')].map((path) => read(path)))
  const box = [20, 5, 42, 35] as const
  expect(outside(made!.stored, box)).toEqual(outside(stored, box))
  for (const name of ['bitsStored', 'signed', 'photometric', 'slope', 'intercept', 'window', 'view'] as const)
    expect([name, made![name]]).toEqual([name, before![name]])
  const shown = await readImage(readFileSync(written(folder, '.png')), 'a.png')
  expect(shown.bits).toBe(16)
  expect(Array.from(shown.stored)).toEqual(Array.from(unitPixels(made!), (v) => Math.round(v * 65535)))

  // by hand: the window as a straight line, 0 as white
  const black = -200.5 - 0.5 - 2499 / 2
  const units = Float32Array.from(stored, (v) => 1 - (v * 2 - 100 - black) / 2499)
  const blended = poissonGraft(
    Float32Array.from(values, (v) => v / 255),
    units,
    [box],
    ROWS,
    COLUMNS,
    { clamp: false },
  )
  const expected = Array.from(blended, (u) => Math.min(Math.max(((1 - u) * 2499 + black + 100) / 2, -2048), 2047))
  const worst = expected.reduce((most, v, i) => Math.max(most, Math.abs(v - made!.stored[i]!)), 0)
  expect(worst).toBeLessThan(0.51)
})

describe('films of different sizes', () => {
  const large = write('large.dcm', { rows: 2 * ROWS, columns: 2 * COLUMNS })
  const tall = write('tall.dcm', { rows: COLUMNS, columns: ROWS })

  it('the donor is brought to the size of the film', async () => {
    const folder = await graft('--film', film, '--donor', large, '--box', '10,9,25,20')
    const [recipient, lender, made] = await Promise.all([film, large, written(folder, '.dcm')].map((one) => read(one)))
    const small = resizeArea(unitPixels(lender!), 2 * ROWS, 2 * COLUMNS, ROWS, COLUMNS)
    const blended = poissonGraft(small, unitPixels(recipient!), [[10, 9, 35, 29]], ROWS, COLUMNS)
    expect(Array.from(made!.stored)).toEqual(Array.from(blended, (v) => Math.round(255 * v)))
  })

  it('--donor-box: any place of the donor, resampled to the box', async () => {
    const place = ['--box', '10,9,25,20', '--donor-box', '2,4,5,10']
    const { code, out } = await call(
      '--film',
      film,
      '--donor',
      tall,
      ...place,
      '--out',
      join(films, 'placed'),
      '--paste',
    )
    expect(code).toBe(0)
    expect(out).toMatch(/from the donor's 2,4,5,10, resampled to the box; pasted, the seam left\n/)
    const [lender, made] = await Promise.all([tall, written(join(films, 'placed'), '.dcm')].map((one) => read(one)))
    const crop = Float32Array.from(
      { length: 50 },
      (_, i) => lender!.stored[(4 + Math.floor(i / 5)) * ROWS + 2 + (i % 5)]!,
    )
    // 5 x 10 pixels grow to 25 x 20, but for the rim, which knows its neighbours on the donor
    const grown = resizeArea(crop, 10, 5, 20, 25)
    for (let y = 1; y < 19; y++)
      for (let x = 3; x < 22; x++)
        expect(Math.abs(made!.stored[(9 + y) * COLUMNS + 10 + x]! - grown[y * 25 + x]!)).toBeLessThan(0.51)
  })

  it('a donor that does not reach as far as the box, of another shape', async () => {
    const { code, out, err } = await call(
      '--film',
      film,
      '--donor',
      tall,
      '--box',
      '2,9,25,20',
      '--out',
      join(films, 'no'),
    )
    expect(err).toMatch(
      /tall\.dcm: laid over the other film it does not reach as far as the box 2,9,25,20: it is 40 wide and 56 high\. Say with --donor-box what to take from it\.\n$/,
    )
    expect([code, out, existsSync(join(films, 'no'))]).toEqual([2, '', false])
  })
})

describe('the header of the DICOM file', () => {
  /** Attributes about patients and people, each with a value that occurs nowhere else. */
  const planted = [
    [0x00080018, 'UI', '1.2.826.0.1.3680043.2.1143.77'],
    [0x00080020, 'DA', '20190523'],
    [0x00080050, 'SH', 'ACCESSION-7731'],
    [0x00080080, 'LO', 'St Elsewhere Infirmary'],
    [0x00080090, 'PN', 'REFERRER^RHODA'],
    [0x0008103e, 'LO', 'chest of JQ'],
    [0x00100010, 'PN', 'QUILLFEATHER^JOSEPHINE'],
    [0x00100020, 'LO', 'MRN-0099887766'],
    [0x00100030, 'DA', '19410317'],
    [0x00100040, 'CS', 'O'],
    [0x00101010, 'AS', '077Y'],
    [0x00101040, 'LO', '12 Hidden Lane Nowhere'],
    [0x0020000d, 'UI', '1.2.826.0.1.3680043.2.1143.78'],
    [0x00204000, 'LT', 'seen by Dr Whom'],
  ] as const
  const needles = planted.flatMap(([, , value]) =>
    [value, ...value.split('^')].flatMap((part) =>
      part.length > 3 ? [Buffer.from(part, 'latin1'), Buffer.from(part, 'utf16le')] : [],
    ),
  )

  it('nothing about a patient is in any byte that is written or printed', async () => {
    const [one, two] = ['JQ-77', 'JQ-78'].map((name) => write(`${name}.dcm`, { attributes: planted }))
    for (const needle of needles.filter((_, i) => i % 2 === 0)) expect(readFileSync(one!).includes(needle)).toBe(true)
    const folder = join(films, 'told')
    const { code, out, err } = await workspace.run([
      'graft',
      '--film',
      one!,
      '--donor',
      two!,
      '--box',
      '3,3,9,9',
      '--out',
      folder,
    ])
    expect([code, err]).toEqual([0, ''])
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
    expect(files).toHaveLength(3)
    for (const text of [...files, Buffer.from(out)])
      for (const needle of needles) expect(text.includes(needle)).toBe(false)
    // nor are the names of the files, which may be a patient's
    for (const text of files) expect(text.includes('JQ-7')).toBe(false)
    truncateSync(two!, 900)
    const refused = await call('--film', one!, '--donor', two!, '--box', '3,3,9,9', '--out', folder)
    expect(refused.err).toMatch(/JQ-78\.dcm: /)
    for (const needle of needles) expect(Buffer.from(refused.err).includes(needle)).toBe(false)
  })

  it('says that the film is synthetic, in every place that there is', async () => {
    const bytes = readFileSync(written(await graft('--film', film, '--donor', donor, '--box', '3,3,9,9'), '.dcm'))
    const said = [
      'DERIVED\\SECONDARY\\SYNTHETIC',
      'SYNTHETIC graft, Poisson blended',
      'SYNTHETIC^GRAFT',
      'not for diagnosis',
      'The box x,y,width,height = 3,3,9,9 was filled from the box 3,3,9,9 of another film of 56 x 40 pixels',
      '1.2.840.10008.5.1.4.1.1.7\0',
    ]
    for (const text of said) expect([text, bytes.includes(text)]).toEqual([text, true])
  })

  const lossy = (value: string): Partial<FilmToWrite> => ({ attributes: [[0x00282110, 'CS', value]] })
  const cases = [
    ['00', '00', false],
    ['00', '01', true],
    ['01', '00', true],
    ['', '00', undefined],
    ['', '', undefined],
  ] as const
  it.each(cases)('lossy: a film of %j and a donor of %j make %j', async (recipient, lender, made) => {
    const [one, two] = [write('lossy film.dcm', lossy(recipient)), write('lossy donor.dcm', lossy(lender))]
    const folder = await graft('--film', one, '--donor', two, '--box', '3,3,9,9')
    expect((await read(written(folder, '.dcm'))).lossy).toBe(made)
  })
})

it('another box, film, donor or way is another name and another instance', async () => {
  const out = join(films, 'many')
  const base = ['--film', film, '--donor', donor, '--out', out]
  for (const more of [
    ['--box', '3,3,9,9'],
    ['--box', '3,3,9,8'],
    ['--box', '3,3,9,9', '--paste'],
  ])
    expect((await call(...base, ...more)).code).toBe(0)
  expect((await call('--film', donor, '--donor', film, '--out', out, '--box', '3,3,9,9')).code).toBe(0)
  expect(readdirSync(out)).toHaveLength(12)
  const uids = readdirSync(out)
    .filter((name) => name.endsWith('.dcm'))
    .map((name) => /2\.25\.\d+/.exec(readFileSync(join(out, name), 'latin1'))![0])
  expect(new Set(uids).size).toBe(4)

  // the names of the files, though, are in nothing
  const renamed = join(films, 'renamed.dcm')
  copyFileSync(film, renamed)
  const there = readdirSync(out)
  const same = await call('--film', renamed, '--donor', donor, '--out', out, '--box', '3,3,9,9', '--force')
  expect([same.code, readdirSync(out)]).toEqual([0, there])
})

it('a folder where a file should go is left alone, whatever is forced', async () => {
  const out = await graft('--film', film, '--donor', donor, '--box', '3,3,9,9')
  const [capture, picture] = [written(out, '.dcm'), written(out, '.png')]
  rmSync(capture)
  mkdirSync(capture)
  writeFileSync(picture, 'as it was')
  const { code, err } = await call('--film', film, '--donor', donor, '--box', '3,3,9,9', '--out', out, '--force')
  expect(err).toMatch(/\.dcm: it is a folder\. Remove or rename it\.\n$/)
  expect([code, readFileSync(picture, 'utf8'), readdirSync(out).length]).toEqual([2, 'as it was', 3])
})

describe('what cannot be done: exit code 2, one error with the file’s name, nothing written', () => {
  const put = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(films, name), bytes)
    return join(films, name)
  }
  const cut = write('cut.dcm')
  truncateSync(cut, 1500)
  const lateral = write('lateral.dcm', { view: 'LL' })
  const named = write('named.dcm', { attributes: [[0x00280301, 'CS', 'YES']] })
  const colour = write('colour.dcm', { photometric: 'RGB', samples: 3, stored: new Uint8Array(3 * ROWS * COLUMNS) })
  const broken = put('broken.png', readFileSync(film).subarray(0, 40))
  const notes = put('notes', 'a film of')
  mkdirSync(join(films, 'folder.dcm'))

  const from = (...[one, two, box, ...more]: ReadonlyArray<string>): ReadonlyArray<string> => [
    '--film',
    one!,
    '--donor',
    two!,
    '--box',
    box!,
    ...more,
  ]
  const inside = '3,3,9,9'
  const cases: ReadonlyArray<readonly [ReadonlyArray<string>, RegExp]> = [
    [
      [],
      /^error: which films, and where\? npm run radiograft -- graft --film <file> --donor <file> --box <x,y,w,h>, or graft --help\.\n$/,
    ],
    [['--film', film, '--donor', donor], /^error: which films, and where\?/],
    [
      [...from(film, donor, inside), 'more.dcm'],
      /^error: 'more\.dcm' is not expected: films are given with --film and --donor\.\n$/,
    ],
    [from(film, donor, '1,2,3'), /^error: --box '1,2,3': expected four numbers x,y,w,h, such as 10,20,100,80\.\n$/],
    [from(film, donor, '1,2,3,x'), /^error: --box '1,2,3,x': expected four numbers/],
    [from(film, donor, '1,2,,4'), /^error: --box '1,2,,4': expected four numbers/],
    [from(film, donor, inside, '--donor-box', 'a'), /^error: --donor-box 'a': expected four numbers/],
    [from(film, donor, inside, '--boxes', 'voc'), /^error: unknown form of boxes 'voc'/],
    [
      from(film, donor, '40,3,20,9'),
      /film\.dcm: the box 40,3,20,9 reaches beyond the film, which is 56 wide and 40 high\. /,
    ],
    [from(film, donor, '-1,3,20,9'), /film\.dcm: the box -1,3,20,9 reaches beyond the film/],
    [from(film, donor, '3,3,0,9'), /film\.dcm: the box 3,3,0,9 is empty: no pixel's centre lies in it\. /],
    [from(film, donor, '3,3,9,-2'), /film\.dcm: the box 3,3,9,-2 is empty/],
    [from(film, donor, '3.6,3,0.5,9'), /film\.dcm: the box 3\.6,3,0\.5,9 is empty/],
    [
      from(film, donor, '0,0,56,40'),
      /film\.dcm: the box 0,0,56,40 is the whole film: none of it is left for the graft to be blended into\. /,
    ],
    [from(film, donor, inside, '--donor-box', '50,3,9,9'), /the donor\.dcm: the box 50,3,9,9 reaches beyond the film/],
    [
      from(film, join(films, 'none.dcm'), inside),
      /none\.dcm: there is no such file\. Give a DICOM, PNG, JPEG or TIFF file\.\n$/,
    ],
    [from(join(films, 'folder.dcm'), donor, inside), /folder\.dcm: it is no file\. /],
    [from(cut, donor, inside), /cut\.dcm: .*Copy or download it again/],
    [
      from(film, lateral, inside),
      /lateral\.dcm: its header says that its view is LL\. Give a frontal film \(PA or AP\)\.\n$/,
    ],
    [from(named, donor, inside), /named\.dcm: its header says that its pixels hold text about the patient/],
    [from(film, colour, inside), /colour\.dcm: its pixels are RGB with 3 sample\(s\)\. /],
    [from(broken, donor, inside), /broken\.png: .*Give PNG, JPEG/],
    [from(notes, donor, inside), /notes: .*Give DICOM Part 10 files/],
  ]
  it.each(cases)('%j', async (args, message) => {
    const out = join(films, 'nothing')
    const { code, out: text, err } = await call(...args, '--out', out)
    expect(err).toMatch(message)
    expect(err.split('error: ')).toHaveLength(2)
    expect([code, text, existsSync(out)]).toEqual([2, '', false])
  })

  it('a folder that is a file', async () => {
    const { code, out, err } = await workspace.run(['graft', ...from(film, donor, inside), '--out', notes])
    expect(err).toMatch(
      /^error: the folder .*notes cannot be used: it is a file, not a folder\. Choose another folder with --out\.\n$/,
    )
    expect([code, out]).toEqual([2, ''])
  })
})
