import { describe, expect, it } from '@jest/globals'
import type { DicomHeader } from './readDicomHeader.ts'
import { readDicomHeader } from './readDicomHeader.ts'
import { storedSamples, storedWords } from './storedPixels.ts'
import { writeDicom } from './writeDicom.ts'

const LOSSLESS = '1.2.840.10008.1.2.4.70'
const film = writeDicom({ id: 'a', rows: 1, columns: 4, stored: new Uint16Array(4), bitsStored: 12 })
const header = (more: Partial<DicomHeader> = {}): DicomHeader => ({
  ...readDicomHeader(film, 'a.dcm'),
  syntax: 'jpeg-lossless',
  syntaxUid: LOSSLESS,
  ...more,
})
const samples = (words: ReadonlyArray<number>, precision: number, more: Partial<DicomHeader> = {}) =>
  Array.from(storedSamples({ words: Uint16Array.from(words), precision }, header(more), 'a.dcm'))

describe('12 bits stored', () => {
  it('uncompressed: high bits are cleared, signs extended', () => {
    const words = Uint16Array.of(0xf001, 0x0fff, 0x0800, 0x07ff)
    expect(Array.from(storedWords(words, header()))).toEqual([1, 4095, 2048, 2047])
    expect(Array.from(storedWords(words, header({ signed: true })))).toEqual([1, -1, -2048, 2047])
  })

  it('a stream of 12 bits is taken as it is', () => {
    expect(samples([0, 1, 2048, 4095], 12)).toEqual([0, 1, 2048, 4095])
    expect(samples([0, 1, 2048, 4095], 12, { signed: true })).toEqual([0, 1, -2048, -1])
  })

  it('signed in a stream of 16 bits: with all bits, or with those stored alone', () => {
    expect(samples([0xffff, 0xf800, 5, 0], 16, { signed: true })).toEqual([-1, -2048, 5, 0])
    expect(samples([0x0fff, 0x0800, 5, 0], 16, { signed: true })).toEqual([-1, -2048, 5, 0])
  })

  it('JPEG-LS has the sign at its own precision, as pydicom has it', () => {
    expect(samples([0xffff, 0xf800, 5, 0], 16, { signed: true, syntax: 'jpeg-ls' })).toEqual([-1, -2048, 5, 0])
    expect(() => samples([0x0fff, 0, 0, 0], 16, { signed: true, syntax: 'jpeg-ls' })).toThrow(/12 bits stored/)
  })

  it('values beyond are corrupt, but a lossy stream may miss by a sixteenth of the range', () => {
    const lossy = { syntax: 'jpeg-2000', syntaxUid: '1.2.840.10008.1.2.4.91' } as const
    expect(() => samples([4096, 0, 0, 0], 16)).toThrow(/its header says 12 bits stored, its pixels need more/)
    expect(samples([4095 + 256, 0, 4095, 1], 16, lossy)).toEqual([4095, 0, 4095, 1])
    expect(() => samples([4095 + 257, 0, 0, 0], 16, lossy)).toThrow(/12 bits stored/)
    // -2049 and -2304, and one more
    expect(samples([0xf7ff, 0xf700, 0, 0], 16, { ...lossy, signed: true })).toEqual([-2048, -2048, 0, 0])
    expect(() => samples([0xf6ff, 0, 0, 0], 16, { ...lossy, signed: true })).toThrow(/12 bits stored/)
  })
})
