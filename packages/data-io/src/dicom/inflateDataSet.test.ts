import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import type { DicomProblem } from './DicomError.ts'
import { fileMeta } from './fileMeta.ts'
import { readDicom } from './readDicom.ts'
import { readDicomHeader } from './readDicomHeader.ts'
import { writeDicom } from './writeDicom.ts'

const EXPLICIT = '1.2.840.10008.1.2.1'
const DEFLATED = '1.2.840.10008.1.2.1.99'

/** The same film deflated: its meta group names the other syntax, which is 3 bytes longer and then even without padding. */
const deflated = (film: Uint8Array, change: (dataSet: Buffer) => Uint8Array = (dataSet) => dataSet): Uint8Array => {
  const bytes = Buffer.from(film)
  const uid = bytes.indexOf(EXPLICIT, 132, 'latin1')
  const { dataSet } = fileMeta(film, 'x')
  const meta = [
    bytes.subarray(0, uid - 2),
    Buffer.from([22, 0]),
    Buffer.from(DEFLATED),
    bytes.subarray(uid + 20, dataSet),
  ]
  return Buffer.concat([...meta, deflateRawSync(change(bytes.subarray(dataSet)))])
}

const stored = Uint16Array.from({ length: 300 }, (_, i) => (i * 7) % 4096)
const film = writeDicom({ id: 'a', rows: 15, columns: 20, stored, bitsStored: 12, view: 'AP' })

const refusal = async (bytes: Uint8Array) =>
  readDicom(bytes, 'a.dcm').then(
    () => undefined,
    (error: unknown) => error,
  )

describe('by hand', () => {
  it('the pixels are those of the film before', async () => {
    const read = await readDicom(deflated(film), 'a.dcm')
    expect([read.syntax, read.view, read.rows, read.columns]).toEqual(['deflated', 'AP', 15, 20])
    expect(Array.from(read.stored)).toEqual(Array.from(stored))
  })

  it('a prefix that holds the header is enough for the header', () => {
    const noise = Uint16Array.from({ length: 90_000 }, (_, i) => Math.imul(i, 2654435761) >>> 16)
    const bytes = deflated(writeDicom({ id: 'a', rows: 300, columns: 300, stored: noise }))
    expect(bytes.length).toBeGreaterThan(100_000)
    expect(readDicomHeader(bytes.subarray(0, 4_000), 'a.dcm')).toMatchObject({ rows: 300, pixelLength: 180_000 })
  })

  it('a header longer than the first part is found in the second', async () => {
    const long = writeDicom({ id: 'a', rows: 1, columns: 2, stored: Uint8Array.of(3, 4) })
    // 200 private texts before everything else, of words that do not deflate to nothing
    const noise = Uint8Array.from(rng('texts').ints(200 * 240, 32, 127))
    const extra = Array.from({ length: 200 }, (_, i) => {
      const head = Buffer.from([0x01, 0x00, i, 0, 0x4c, 0x54, 240, 0])
      return Buffer.concat([head, noise.subarray(i * 240, i * 240 + 240)])
    })
    const bytes = deflated(long, (data) => Buffer.concat([...extra, data]))
    expect(bytes.length).toBeGreaterThan(2 * 2 ** 14)
    expect([...(await readDicom(bytes, 'a.dcm')).stored]).toEqual([3, 4])
  })
})

describe('refusals', () => {
  const bomb = (head: Uint8Array) => deflated(head, (data) => Buffer.concat([data, Buffer.alloc(2 ** 26)]))
  const cases: ReadonlyArray<readonly [string, Uint8Array, DicomProblem, RegExp]> = [
    ['cut', deflated(film).subarray(0, -40), 'truncated', /ends inside its deflated data/],
    ['cut in the header', deflated(film).subarray(0, 360), 'truncated', /ends inside its deflated data/],
    [
      'no deflate',
      Buffer.concat([deflated(film).subarray(0, 340), Buffer.alloc(200, 0xff)]),
      'corrupt',
      /cannot be inflated/,
    ],
    [
      'fewer pixels than promised',
      deflated(film, (data) => data.subarray(0, -10)),
      'truncated',
      /after 590 of 600 bytes/,
    ],
    [
      '64 MB behind a film of 600 bytes',
      bomb(film),
      'too-large',
      /holds more than 167\d+ bytes, far more than its film/,
    ],
  ]
  it.each(cases)('%s', async (_, bytes, problem, what) => {
    const before = process.memoryUsage().rss
    expect(await refusal(bytes)).toMatchObject({ _tag: 'DicomError', file: 'a.dcm', problem })
    expect(await refusal(bytes)).toMatchObject({ what: expect.stringMatching(what) as unknown })
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6)
  })

  it('a header that never ends: 80 MB of zeros in 80 kB', async () => {
    const bytes = deflated(film, () => Buffer.alloc(80e6))
    expect(bytes.length).toBeLessThan(1e5)
    expect(await refusal(bytes)).toMatchObject({ problem: 'too-large' })
  })
})
