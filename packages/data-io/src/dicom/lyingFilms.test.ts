// Films whose header or stream does not say the truth: each is refused by kind, before anything of the claimed size is
// allocated, and no message repeats a patient.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, describe, expect, it } from '@jest/globals'
import { checkDicomFile } from './checkDicomFile.ts'
import type { DicomError, DicomProblem } from './DicomError.ts'
import { fileMeta } from './fileMeta.ts'
import { readDicom } from './readDicom.ts'
import { readDicomHeader } from './readDicomHeader.ts'
import { writeDicom } from './writeDicom.ts'

interface Fixture {
  readonly films: ReadonlyArray<{ readonly name: string; readonly dicom: string }>
}
const { films } = JSON.parse(
  readFileSync(new URL('./fixtures/dicom.json', import.meta.url), 'utf8'),
) as unknown as Fixture
const named = (name: string): Uint8Array =>
  Uint8Array.from(Buffer.from(films.find((film) => film.name === name)!.dicom, 'base64'))

/** Index of the value of an unsigned short, in an explicit film. */
const valueOf = (film: Uint8Array, element: number): number =>
  Buffer.from(film).indexOf(Buffer.from([0x28, 0, element & 0xff, element >> 8, 0x55, 0x53, 2, 0])) + 8

/** The film with other unsigned shorts of group 0028, and other bytes where a pattern of its stream is found. */
const lying = (
  film: Uint8Array,
  header: Readonly<Record<number, number>>,
  stream?: { readonly after: ReadonlyArray<number>; readonly bytes: ReadonlyArray<number> },
): Uint8Array => {
  const out = film.slice()
  for (const [element, value] of Object.entries(header)) {
    const at = valueOf(out, Number(element))
    out[at] = value & 0xff
    out[at + 1] = value >> 8
  }
  if (stream) {
    const at = Buffer.from(out).indexOf(Buffer.from(stream.after))
    if (at < 0) throw new Error('the film has no such bytes')
    out.set(stream.bytes, at + stream.after.length)
  }
  return out
}

const ROWS = 0x0010
const COLUMNS = 0x0011
const STORED = 0x0101
const HIGH_BIT = 0x0102
/** SIZ of a JPEG 2000 codestream up to its width and height */
const SIZ = [0xff, 0x4f, 0xff, 0x51, 0, 41, 0, 0]
/** of 33 x 32 at the origin: that of the film, then that of its tile */
const SIZES = [0, 0, 0, 33, 0, 0, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0]
const SOF = (marker: number, bits: number) => [0xff, marker, 0, 11, bits]

const refusal = async (bytes: Uint8Array): Promise<DicomError> =>
  readDicom(bytes, 'film-7.dcm').then(
    () => {
      throw new Error('it was read')
    },
    (error: unknown) => error as DicomError,
  )

describe('sizes that lie', () => {
  const explicit = writeDicom({ id: 'a', rows: 2, columns: 3, stored: Uint8Array.of(0, 51, 102, 153, 204, 255) })
  const largest = { [ROWS]: 65535, [COLUMNS]: 65535 }
  const large = { [ROWS]: 9999, [COLUMNS]: 9999 }
  const bytes9999 = [0x27, 0x0f, 0x27, 0x0f]
  const cases: ReadonlyArray<readonly [string, Uint8Array, DicomProblem, RegExp]> = [
    ['explicit, 65535 x 65535', lying(explicit, largest), 'too-large', /65535 x 65535: 4,294 million pixels/],
    ['explicit, 9999 x 9999', lying(explicit, large), 'corrupt', /6 bytes, a film of 9999 x 9999 needs 99980001/],
    ['rle', lying(named('rle 8 bit'), largest), 'too-large', /4,294 million/],
    ['rle, 9999 x 9999', lying(named('rle 8 bit'), large), 'too-large', /99 million pixels, in \d+ compressed bytes/],
    ['rle, 3000 x 3000', lying(named('rle 8 bit'), { [ROWS]: 3000, [COLUMNS]: 3000 }), 'corrupt', /cannot be decoded/],
    [
      'jpeg 2000, the header alone',
      lying(named('jpeg 2000 8 bit'), { [ROWS]: 31 }),
      'corrupt',
      /31 x 33, its JPEG 2000 stream 32 x 33/,
    ],
    [
      'jpeg 2000, the stream alone, 2^31 x 2^31',
      lying(named('jpeg 2000 8 bit'), {}, { after: SIZ, bytes: [0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff] }),
      'too-large',
      /2147483647 x 2147483647/,
    ],
    [
      'jpeg 2000, both',
      lying(named('jpeg 2000 8 bit'), large, { after: SIZ, bytes: [0, 0, 0x27, 0x0f, 0, 0, 0x27, 0x0f] }),
      'too-large',
      /99 million pixels, in \d+ compressed bytes/,
    ],
    [
      'jpeg 2000, both, 4096 x 4096 of 800 bytes',
      lying(
        named('jpeg 2000 8 bit'),
        { [ROWS]: 4096, [COLUMNS]: 4096 },
        { after: SIZ, bytes: [0, 0, 0x10, 0, 0, 0, 0x10, 0] },
      ),
      'corrupt',
      /cannot be decoded/,
    ],
    [
      'jpeg-ls, the stream alone',
      lying(named('jpeg-ls 12 bit'), {}, { after: SOF(0xf7, 12), bytes: bytes9999 }),
      'corrupt',
      /12 x 16, its JPEG-LS stream 9999 x 9999/,
    ],
    [
      'jpeg-ls, both',
      lying(named('jpeg-ls 12 bit'), large, { after: SOF(0xf7, 12), bytes: bytes9999 }),
      'too-large',
      /99 million/,
    ],
    [
      'jpeg lossless, both',
      lying(named('jpeg lossless 12 bit'), large, { after: SOF(0xc3, 12), bytes: bytes9999 }),
      'too-large',
      /99 million/,
    ],
    [
      'jpeg lossless, the stream alone, 65535 x 65535',
      lying(named('jpeg lossless 12 bit'), {}, { after: SOF(0xc3, 12), bytes: [0xff, 0xff, 0xff, 0xff] }),
      'too-large',
      /65535 x 65535/,
    ],
    [
      'jpeg baseline, both',
      lying(named('jpeg baseline 24 x 40'), large, { after: [0xff, 0xc0, 0, 11, 8], bytes: bytes9999 }),
      'too-large',
      /99 million/,
    ],
    [
      'jpeg baseline, no rows',
      lying(named('jpeg baseline 24 x 40'), {}, { after: [0xff, 0xc0, 0, 11, 8], bytes: [0, 0] }),
      'corrupt',
      /24 x 40, its JPEG stream 0 x 40/,
    ],
  ]
  it.each(cases)('%s', async (_, bytes, problem, what) => {
    const before = process.memoryUsage().rss
    const error = await refusal(bytes)
    expect(error).toMatchObject({ _tag: 'DicomError', file: 'film-7.dcm', problem })
    expect(error.what).toMatch(what)
    expect(process.memoryUsage().rss - before).toBeLessThan(350e6)
  })

  it('after a codec gave up, the next film is read as before', async () => {
    const film = named('jpeg 2000 12 bit')
    const want = (await readDicom(film, 'a.dcm')).stored
    const damaged = film.slice()
    damaged.fill(0xff, damaged.length - 600, damaged.length - 100)
    await Promise.allSettled([readDicom(damaged, 'b.dcm'), readDicom(damaged, 'c.dcm')])
    expect((await readDicom(film, 'a.dcm')).stored).toEqual(want)
  })
})

describe('streams that differ from the header', () => {
  const cases: ReadonlyArray<readonly [string, Uint8Array, RegExp]> = [
    [
      'three components, jpeg',
      lying(named('jpeg baseline 24 x 40'), {}, { after: [0xff, 0xc0, 0, 11, 8, 0, 24, 0, 40], bytes: [3] }),
      /one sample a pixel, its JPEG stream 3/,
    ],
    [
      'three components, jpeg 2000',
      lying(named('jpeg 2000 8 bit'), {}, { after: [...SIZ, ...SIZES, ...SIZES], bytes: [0, 3] }),
      /one sample a pixel, its JPEG 2000 stream 3/,
    ],
    [
      'fewer bits than stored',
      lying(named('jpeg-ls 12 bit'), { [STORED]: 13, [HIGH_BIT]: 12 }),
      /13 of 16 bits, its JPEG-LS stream 12 bits/,
    ],
    [
      'values beyond the bits stored',
      lying(named('jpeg-ls 16 bit'), { [STORED]: 12, [HIGH_BIT]: 11 }),
      /12 bits stored, its pixels need more/,
    ],
    [
      'signed values beyond the bits stored',
      lying(named('jpeg 2000 16 bit signed'), { [STORED]: 12, [HIGH_BIT]: 11 }),
      /12 bits stored, its pixels need more/,
    ],
    [
      'a lossless stream called baseline',
      writeDicom({
        id: 'a',
        rows: 2,
        columns: 2,
        stored: new Uint8Array(4),
        encapsulated: {
          uid: '1.2.840.10008.1.2.4.50',
          fragments: [Uint8Array.from([0xff, 0xd8, ...SOF(0xc3, 8), 0, 2, 0, 2, 1, 1, 0x11, 0, 0xff, 0xd9])],
        },
      }),
      /cannot be decoded/,
    ],
  ]
  it.each(cases)('%s', async (_, bytes, what) => {
    const error = await refusal(bytes)
    expect(error).toMatchObject({ _tag: 'DicomError', problem: 'corrupt' })
    expect(error.what).toMatch(what)
  })

  it('progressive scans without end', async () => {
    const film = Buffer.from(named('jpeg baseline 24 x 40'))
    const stream = film.subarray(film.indexOf(Buffer.from([0xff, 0xd8])), film.lastIndexOf(Buffer.from([0xff, 0xd9])))
    const scans = Array.from({ length: 101 }, () => [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]).flat()
    const fragments = [Uint8Array.from([...stream, ...scans, 0xff, 0xd9])]
    const encapsulated = { uid: '1.2.840.10008.1.2.4.50', fragments }
    const lie = writeDicom({ id: 'a', rows: 24, columns: 40, stored: new Uint8Array(960), encapsulated })
    expect(await refusal(lie)).toMatchObject({ problem: 'corrupt', cause: { message: 'more than 100 scans' } })
  })

  it('more pieces than a film has', async () => {
    const fragments = Array.from({ length: 70_000 }, () => new Uint8Array())
    const lie = {
      id: 'a',
      rows: 2,
      columns: 2,
      stored: new Uint8Array(4),
      encapsulated: { uid: '1.2.840.10008.1.2.5', fragments },
    }
    expect(await refusal(writeDicom(lie))).toMatchObject({
      problem: 'corrupt',
      what: expect.stringContaining('more than 65536 pieces') as unknown,
    })
  })

  it('more bits in the stream than stored are read while the values fit', async () => {
    const film = await readDicom(named('jpeg lossless 12 bit in 16, 2 fragments'), 'a.dcm')
    expect([film.bitsStored, Math.max(...film.stored)]).toEqual([12, 4095])
  })
})

describe('no message holds a patient', () => {
  const PATIENT = 'DOE^JANE 1947'
  const film = writeDicom({ id: PATIENT, rows: 2, columns: 3, stored: Uint8Array.of(0, 1, 2, 3, 4, 5) })
  /** Everything that a log could show of the error: message, what, causes to any depth. */
  const shown = (error: unknown): string => inspect(error, { depth: 20, maxStringLength: null, maxArrayLength: null })

  it.each([
    ['cut anywhere', (at: number) => film.subarray(0, at)],
    ['a byte changed anywhere', (at: number) => film.map((byte, i) => (i === at ? byte ^ 0xff : byte))],
    [
      // every two bytes in turn become those of the longest short value: what follows is part of this element
      'a length of 200 anywhere',
      (at: number) => film.map((byte, i) => (i === at ? 200 : i === at + 1 ? 0 : byte)),
    ],
  ])('%s', async (_, change) => {
    for (let at = 132; at < film.length; at++) {
      const error: unknown = await readDicom(change(at), 'a.dcm').then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      if (error === undefined) continue
      expect(error).toMatchObject({ _tag: 'DicomError', file: 'a.dcm' })
      expect(shown(error)).not.toMatch(/DOE|JANE|1947/)
    }
  })

  it('a name where the photometric interpretation should be', async () => {
    const named = writeDicom({ id: 'a', rows: 1, columns: 2, stored: Uint8Array.of(0, 1), photometric: PATIENT })
    const error = await refusal(named)
    expect(error).toMatchObject({ problem: 'colour', what: 'its pixels are of an unknown kind with 1 sample(s)' })
    expect(shown(error)).not.toContain('DOE')
  })

  it('a name where the transfer syntax should be', async () => {
    const uid = { uid: PATIENT, fragments: [Uint8Array.of(1, 2)] }
    const error = await refusal(
      writeDicom({ id: 'a', rows: 1, columns: 2, stored: new Uint8Array(2), encapsulated: uid }),
    )
    expect(error).toMatchObject({ problem: 'transfer-syntax', what: 'an unknown transfer syntax is not read yet' })
  })
})

describe('checkDicomFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dicom-check-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const onDisk = (bytes: Uint8Array): string => {
    const path = join(folder, 'film.dcm')
    writeFileSync(path, bytes)
    return path
  }

  it.each(films.map(({ name }) => [name] as const))(
    'says what reading says, and misses the last 30 bytes: %s',
    (name) => {
      const film = named(name)
      expect(checkDicomFile(onDisk(film))).toEqual(readDicomHeader(film, 'film.dcm'))
      expect(() => checkDicomFile(onDisk(film.subarray(0, -30)))).toThrow(
        expect.objectContaining({ _tag: 'DicomError', file: 'film.dcm', problem: 'truncated' }),
      )
    },
  )

  it('a header longer than the first read', () => {
    const film = writeDicom({ id: 'a', rows: 1, columns: 2, stored: Uint8Array.of(0, 1) })
    const { dataSet } = fileMeta(film, 'a.dcm')
    // private bytes before everything else: 30 elements of 1,000
    const one = [0x09, 0, 0, 0x10, 0x4f, 0x42, 0, 0, 0xe8, 3, 0, 0, ...new Uint8Array(1000)]
    const extra = Array.from({ length: 30 }, () => one).flat()
    const long = Uint8Array.from([...film.subarray(0, dataSet), ...extra, ...film.subarray(dataSet)])
    expect(checkDicomFile(onDisk(long))).toMatchObject({ rows: 1, columns: 2, pixelOffset: long.length - 2 })
    expect(() => checkDicomFile(onDisk(long.subarray(0, 20_000)))).toThrow(/ends inside its header/)
  })

  it('a film too large for its bytes is refused without decoding', () => {
    expect(() => checkDicomFile(onDisk(lying(named('rle 8 bit'), { [ROWS]: 9999, [COLUMNS]: 9999 })))).toThrow(
      expect.objectContaining({ problem: 'too-large' }),
    )
  })
})
