// Held against pydicom: the fixture has the bytes of a capture and what pydicom read in them, strictly (each value must be
// one of its VR), by `python tools/oracles/dataio_dicom.py --capture`. That script also asks for every attribute that the
// Secondary Capture IOD demands (PS3.3 table A.8-1: types 1 and 2 of its mandatory modules).
import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { readDicom } from '../../dicom/readDicom.ts'
import type { GraftFilm } from './GraftFilm.ts'
import { greyScale } from './greyScale.ts'
import type { GraftPlan } from './prepareGraft.ts'
import { decimalText, syntheticCapture } from './syntheticCapture.ts'

interface Fixture {
  readonly tool: string
  readonly bytes: string
  /** by keyword, as pydicom prints it */
  readonly attributes: Readonly<Record<string, string>>
  readonly pixels: ReadonlyArray<number>
}
const fixture = JSON.parse(readFileSync(new URL('./fixtures/capture.json', import.meta.url), 'utf8')) as Fixture

const stored = Int16Array.from({ length: 12 }, (_, i) => i * i * i - 900)
const film: GraftFilm = {
  file: 'QUILLFEATHER.dcm',
  rows: 3,
  columns: 4,
  stored,
  bitsStored: 12,
  signed: true,
  photometric: 'MONOCHROME1',
  slope: 1 / 3,
  intercept: -2.5,
  window: { centre: -100.25, width: 400 / 3, shape: 'SIGMOID' },
  view: 'AP',
  lossy: false,
}
const plan: GraftPlan = {
  film,
  donor: { ...film, file: 'JOSEPHINE.dcm', rows: 30, columns: 50 },
  box: [1, 1, 3, 2.5],
  donorBox: [10.125, 4, 30, 20],
  method: 'poisson',
  version: '0.0.0',
  key: '0123456789abcdef'.repeat(4),
  scale: greyScale(film),
}
const capture = (): Uint8Array => syntheticCapture(plan, 'synthetic-0123456789abcdef', stored)

it('the same bytes that pydicom read', () => {
  expect(Buffer.from(capture()).toString('base64')).toBe(fixture.bytes)
  expect(fixture.pixels).toEqual([...stored])
})

it('our own reader finds the film again', async () => {
  const read = await readDicom(capture(), 'a.dcm')
  expect([...read.stored]).toEqual([...stored])
  expect(read).toMatchObject({ bitsStored: 12, signed: true, photometric: 'MONOCHROME1', view: 'AP', sex: '', age: -1 })
  expect(read).toMatchObject({ intercept: -2.5, lossy: false, burnedIn: false })
  expect(read.slope).toBeCloseTo(1 / 3, 13)
  expect(read.window!.width).toBeCloseTo(400 / 3, 11)
})

describe('what pydicom read', () => {
  it('synthetic, of no patient', () => {
    expect(fixture.attributes).toMatchObject({
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.7',
      ImageType: 'DERIVED\\SECONDARY\\SYNTHETIC',
      SyntheticData: 'YES',
      ConversionType: 'SYN',
      PatientName: 'SYNTHETIC^GRAFT',
      PatientID: 'SYNTHETIC-0123456789ABCDEF',
      PatientBirthDate: '',
      PatientSex: '',
      PatientIdentityRemoved: 'YES',
      StudyDate: '',
      BurnedInAnnotation: 'NO',
      LossyImageCompression: '00',
      SeriesDescription: 'SYNTHETIC graft, Poisson blended',
      DerivationDescription: expect.stringMatching(
        /1,1,2,1\.5 was filled from the box 10\.125,4,19\.875,16 of another/,
      ),
    })
    for (const name of ['PatientAge', 'InstitutionName', 'SourceImageSequence'])
      expect(fixture.attributes).not.toHaveProperty(name)
  })
})

it('decimal strings of at most 16 characters, as near as they can be', () => {
  expect([1, -0.5, 1 / 3, -1e-7 / 3, 123456789.1234567, 1e300].map(decimalText)).toEqual([
    '1',
    '-0.5',
    '0.33333333333333',
    '-3.3333333333e-8',
    '123456789.123457',
    '1e+300',
  ])
})
