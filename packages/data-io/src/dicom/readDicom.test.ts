import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { DicomError } from './DicomError.ts'
import { readDicom } from './readDicom.ts'
import { readDicomHeader } from './readDicomHeader.ts'
import { unitPixels } from './unitPixels.ts'
import { writeDicom } from './writeDicom.ts'
import type { FilmToWrite } from './writeDicom.ts'

interface Fixture {
  readonly films: ReadonlyArray<{
    readonly name: string
    readonly rows: number
    readonly columns: number
    readonly photometric: string
    readonly dicom: string
    readonly stored: ReadonlyArray<number>
    readonly windowed: ReadonlyArray<number> | null
    readonly modality: ReadonlyArray<number> | null
  }>
}
const fixture = JSON.parse(
  readFileSync(new URL('./fixtures/dicom.json', import.meta.url), 'utf8'),
) as unknown as Fixture

type Expected = Fixture['films'][number]
const read = (film: Expected) => readDicom(Uint8Array.from(Buffer.from(film.dicom, 'base64')), film.name)
const named = (films: Fixture['films']) => films.map((film) => [film.name, film] as const)

describe('pydicom', () => {
  it.each(named(fixture.films))('has the same stored pixels: %s', async (_, expected) => {
    const film = await read(expected)
    expect([film.rows, film.columns, film.photometric]).toEqual([expected.rows, expected.columns, expected.photometric])
    expect([film.view, film.sex, film.age]).toEqual(['PA', 'F', 51])
    expect(Array.from(film.stored)).toEqual(expected.stored)
  })

  it.each(named(fixture.films.filter((film) => film.modality)))('the same modality values: %s', async (_, expected) => {
    const film = await read(expected)
    expect(Array.from(film.stored, (v) => v * film.slope + film.intercept)).toEqual(expected.modality)
  })

  it.each(named(fixture.films.filter((film) => film.windowed)))('the same window: %s', async (_, expected) => {
    const seen = unitPixels(await read(expected))
    expect(seen).toHaveLength(expected.windowed!.length)
    expected.windowed!.forEach((value, i) => expect(seen[i]).toBeCloseTo(value, 6))
  })
})

const small = (more: Partial<FilmToWrite> = {}): Uint8Array =>
  writeDicom({ id: 'a', rows: 2, columns: 3, stored: Uint8Array.of(0, 51, 102, 153, 204, 255), ...more })

describe('by hand', () => {
  it.each(['explicit', 'implicit'] as const)('8 bits, %s: stored / 255', async (syntax) => {
    const film = await readDicom(small({ syntax, view: 'AP', age: '51' }), 'a.dcm')
    expect([film.view, film.age, film.sex]).toEqual(['AP', 51, ''])
    expect(Array.from(unitPixels(film))).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1].map(Math.fround))
  })

  it('MONOCHROME1 is inverted, in the stored depth', async () => {
    const film = await readDicom(
      small({ stored: Uint16Array.of(0, 1023, 2046, 3069, 4095, 0), bitsStored: 12, photometric: 'MONOCHROME1' }),
      'a.dcm',
    )
    const seen = unitPixels(film)
    expect([seen[0], seen[4], seen[5]]).toEqual([1, 0, 1])
    expect(seen[1]).toBeCloseTo(1 - 1023 / 4095, 7)
  })

  it('unused high bits are cleared and the sign of the stored bits is extended', async () => {
    const film = await readDicom(
      small({ stored: Int16Array.of(0xff, 0x100, 0x1ff, -1, -256, 0x0200), bitsStored: 9 }),
      'a.dcm',
    )
    expect(Array.from(film.stored)).toEqual([255, -256, -1, -1, -256, 0])
  })

  it('the header window is applied, or left alone on demand', async () => {
    // LINEAR, centre 128.5, width 101: x - 128 over 100 plus one half
    const film = await readDicom(small({ window: { centre: 128.5, width: 101 } }), 'a.dcm')
    const seen = unitPixels(film)
    ;[0, 0, 0.24, 0.75, 1, 1].forEach((value, i) => expect(seen[i]).toBeCloseTo(value, 6))
    expect(unitPixels(film, { window: 'depth' })[1]).toBeCloseTo(0.2, 7)
  })
})

describe('of the header only what is a code or a number', () => {
  const header = (more: Partial<FilmToWrite>) => readDicomHeader(small(more), 'a.dcm')

  it('sex: one of three letters', () => {
    const sexes = ['F', 'm', 'o', 'FEMALE', 'U', 'Doe^Jane'].map((sex) => header({ sex }).sex)
    expect(sexes).toEqual(['F', 'M', 'O', '', '', ''])
  })

  it('view: a code of up to 16 characters', () => {
    const views = ['pa', 'LL', 'LATERAL 2', 'Doe^Jane', 'seen by Dr Smith at noon', 'lateral (left)'].map(
      (view) => header({ view }).view,
    )
    expect(views).toEqual(['PA', 'LL', 'LATERAL 2', '', '', 'LATERAL'])
  })

  it('without a view: lateral where rows run along the front-back axis', () => {
    const along = (text: string, view?: string) =>
      header({ attributes: [[0x00200020, 'CS', text]], ...(view !== undefined && { view }) }).view
    expect(['A\\F', 'p\\F', 'PL\\F', 'L\\F', 'R\\F', 'AP\\F', ''].map((text) => along(text))).toEqual([
      'LATERAL',
      'LATERAL',
      'LATERAL',
      '',
      '',
      '',
      '',
    ])
    expect(along('A\\F', 'PA')).toBe('PA')
  })

  it.each([
    ['a slope beyond all numbers', { slope: 1e308 }],
    ['ends that are numbers a range apart that is none', { stored: new Int16Array(6), slope: 5e303 }],
    ['a slope that the intercept swallows', { slope: 1e-300, intercept: 1 }],
    ['an endless window', { window: { centre: 1, width: Number.POSITIVE_INFINITY } }],
    ['a window at no number', { window: { centre: Number.NaN, width: 2 } }],
  ])('%s', (_, more) => {
    expect(() => header(more)).toThrow(expect.objectContaining({ _tag: 'DicomError', problem: 'corrupt' }))
  })

  it('a window of width 0 is none', () => {
    expect(header({ window: { centre: 1, width: 0 } }).window).toBeUndefined()
  })
})

const encapsulated = (uid: string) => ({ uid, fragments: [Uint8Array.of(1, 2, 3, 4)] })

describe('refusals name the file, the reason and a way on', () => {
  const jpeg = fixture.films.find(({ name }) => name.startsWith('jpeg baseline'))!
  const jpegBytes = Uint8Array.from(Buffer.from(jpeg.dicom, 'base64'))
  const cases: ReadonlyArray<readonly [string, Uint8Array, string, RegExp]> = [
    ['empty', new Uint8Array(), 'not-dicom', /the file is empty/],
    ['text', new TextEncoder().encode('patientId,x,y'.repeat(30)), 'not-dicom', /not a DICOM file/],
    ['in the meta group', small().subarray(0, 180), 'truncated', /ends before its transfer syntax/],
    ['in the header', small().subarray(0, 480), 'truncated', /ends inside its header/],
    ['in the pixels', small({ rows: 2, columns: 3 }).subarray(0, -4), 'truncated', /after 2 of 6 bytes/],
    ['in the JPEG', jpegBytes.subarray(0, -200), 'truncated', /inside its compressed pixels/],
    ['before the delimiter', jpegBytes.subarray(0, -8), 'truncated', /inside its compressed pixels/],
    ['too few pixels', small({ rows: 20 }), 'corrupt', /6 bytes, a film of 20 x 3 needs 60/],
    ['colour', small({ samples: 3, photometric: 'RGB' }), 'colour', /RGB with 3 sample/],
    ['frames', small({ frames: 2 }), 'multi-frame', /2 frames/],
    [
      'no JPEG',
      small({ encapsulated: { uid: '1.2.840.10008.1.2.4.50', fragments: [Uint8Array.of(1, 2, 0xff, 0xd9)] } }),
      'corrupt',
      /cannot be decoded/,
    ],
    [
      'no J2K',
      small({ encapsulated: encapsulated('1.2.840.10008.1.2.4.90') }),
      'corrupt',
      /JPEG 2000 stream cannot be decoded: it has no frame header/,
    ],
    ['no RLE', small({ encapsulated: encapsulated('1.2.840.10008.1.2.5') }), 'corrupt', /RLE stream cannot be decoded/],
    ['no JPEG-LS', small({ encapsulated: encapsulated('1.2.840.10008.1.2.4.80') }), 'truncated', /no end marker/],
    [
      'JPEG of 12 bits',
      small({ encapsulated: encapsulated('1.2.840.10008.1.2.4.51') }),
      'transfer-syntax',
      /JPEG Extended \(Process 2 and 4\) \(1\.2\.840\.10008\.1\.2\.4\.51\) is not read yet/,
    ],
    [
      'HTJ2K',
      small({ encapsulated: encapsulated('1.2.840.10008.1.2.4.201') }),
      'transfer-syntax',
      /High-Throughput JPEG 2000 \(lossless only\) \(1\.2\.840\.10008\.1\.2\.4\.201\) is not read yet/,
    ],
    [
      'unheard of',
      small({ encapsulated: encapsulated('1.2.3') }),
      'transfer-syntax',
      /unknown transfer syntax \(1\.2\.3\)/,
    ],
  ]
  it.each(cases)('%s', async (_, bytes, problem, message) => {
    const error = await readDicom(bytes, 'film-7.dcm').then(
      () => undefined,
      (e: unknown) => e,
    )
    expect(error).toBeInstanceOf(DicomError)
    expect(error).toMatchObject({ _tag: 'DicomError', file: 'film-7.dcm', problem })
    expect((error as DicomError).message).toMatch(message)
    expect((error as DicomError).message.endsWith((error as DicomError).recovery)).toBe(true)
  })

  it('a JPEG of another size than the header says', async () => {
    const body = jpegBytes.slice()
    const rows = Buffer.from(body).indexOf(Buffer.from([0x28, 0, 0x10, 0, 0x55, 0x53, 2, 0])) + 8
    body[rows] = 25
    await expect(readDicom(body, 'x.dcm')).rejects.toThrow(/25 x 40, its JPEG stream 24 x 40/)
  })
})
