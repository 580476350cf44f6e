import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from '@jest/globals'
import { filmsFolder } from '../testing/filmsFolder.ts'
import { checkDicomFile } from './checkDicomFile.ts'
import { readDicom } from './readDicom.ts'
import { unitPixels } from './unitPixels.ts'

const read = (path: string) => readDicom(readFileSync(path), basename(path))
const bytesOf = (pixels: Uint8Array | Uint16Array | Int16Array) =>
  Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength)

// MD5 of pydicom 3.0.2's pixel_array (Pillow 13.0.0 for JPEG)
it.each([
  ['1.2.276.0.7230010.3.1.4.8323329.6904.1517875201.850819.dcm', '62642eded06346891e86de3e2bcb5724'],
  ['1.3.6.1.4.1.11129.5.5.110503645592756492463169821050252582267888.dcm', '7dcf1d161e49703e59d16a2ea7031774'],
  ['Fake_MONOHR1.dcm', '62642eded06346891e86de3e2bcb5724'],
  ['derived_from_RG1/rg1_half_mono1_explicitLE.dcm', '334ac3ac755c77b5fa6b8b35793277d0'],
  ['derived_from_RG1/rg1_half_mono1_implicitLE.dcm', '334ac3ac755c77b5fa6b8b35793277d0'],
  ['derived_from_RG1/rg1_half_mono2_explicitLE.dcm', 'b5865cce172219c01cd98fabe40a34c5'],
])('%s has the pixels of pydicom', async (file, md5) => {
  const film = await read(filmsFolder('dicom', file))
  expect(createHash('md5').update(bytesOf(film.stored)).digest('hex')).toBe(md5)
})

it.each([
  ['RG1_J2KI.dcm', 'JPEG 2000 (1.2.840.10008.1.2.4.91) is not read yet'],
  ['RG3_J2KI.dcm', 'JPEG 2000 (1.2.840.10008.1.2.4.91) is not read yet'],
  ['RG3_J2KR.dcm', 'JPEG 2000 (1.2.840.10008.1.2.4.90) is not read yet'],
  [
    'derived_from_RG1/rg1_half_mono1_deflated.dcm',
    'Deflated Explicit VR Little Endian (1.2.840.10008.1.2.1.99) is not read yet',
  ],
  ['derived_from_RG1/rg1_half_mono1_j2kLossless.dcm', 'JPEG 2000 (1.2.840.10008.1.2.4.90) is not read yet'],
  [
    'derived_from_RG1/rg1_half_mono1_jpegLosslessSV1.dcm',
    'JPEG Lossless (Process 14, Selection Value 1) (1.2.840.10008.1.2.4.70) is not read yet',
  ],
  ['derived_from_RG1/rg1_half_mono1_jpegls.dcm', 'JPEG-LS Lossless (1.2.840.10008.1.2.4.80) is not read yet'],
  ['derived_from_RG1/rg1_half_mono1_rle.dcm', 'RLE Lossless (1.2.840.10008.1.2.5) is not read yet'],
])('%s is refused by name, early and late', async (file, what) => {
  const path = filmsFolder('dicom', file)
  await expect(read(path)).rejects.toMatchObject({ _tag: 'DicomError', file: basename(file), what })
  expect(() => checkDicomFile(path)).toThrow(what)
})

it('a MONOCHROME1 film and its MONOCHROME2 twin look the same', async () => {
  const [one, two] = await Promise.all(
    ['mono1', 'mono2'].map((kind) => read(filmsFolder('dicom', `derived_from_RG1/rg1_half_${kind}_explicitLE.dcm`))),
  )
  const [a, b] = [unitPixels(one!, { window: 'depth' }), unitPixels(two!, { window: 'depth' })]
  expect(a.reduce((worst, x, i) => Math.max(worst, Math.abs(x - b[i]!)), 0)).toBeLessThan(1e-4)
})

it('the 151 films of rsna-mini have the pixels of pydicom', async () => {
  const folder = filmsFolder('rsna-mini', 'stage_2_train_images')
  const digest = createHash('sha256')
  for (const file of readdirSync(folder).toSorted()) digest.update(bytesOf((await read(join(folder, file))).stored))
  expect(digest.digest('hex')).toBe('f848b9669c7fdfe0434f1c812cfec9adcbea040458e0d7c7195f37b4d6aac1c9')
})
