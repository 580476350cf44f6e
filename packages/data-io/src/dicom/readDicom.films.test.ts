import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { filmsFolder } from '../testing/filmsFolder.ts'
import { checkDicomFile } from './checkDicomFile.ts'
import { readDicom } from './readDicom.ts'
import { unitPixels } from './unitPixels.ts'

const read = (path: string) => readDicom(readFileSync(path), basename(path))
const bytesOf = (pixels: Uint8Array | Uint16Array | Int16Array) =>
  Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength)

interface ManifestRow {
  readonly file: string
  /** of `derived_from_RG1/manifest.csv` */
  readonly pixel_md5?: string
  /** of `manifest.csv`, which has the digest in its note */
  readonly note?: string
}
const manifest = (...path: ReadonlyArray<string>): ReadonlyArray<ManifestRow> =>
  parse(readFileSync(filmsFolder('dicom', ...path)), { columns: true })

/**
 * Where the manifest's digest is that of libjpeg, whose inverse cosine transform differs by up to 1 from libjpeg-turbo's, ours
 * and Pillow's: both films have the same pixels. This is the digest of pydicom 3.0.2's array by Pillow 13.0.0.
 */
const BY_PILLOW: Readonly<Record<string, string>> = {
  '0429f503853d244e3e5bd2a7fe5d5064': '62642eded06346891e86de3e2bcb5724',
}

const films = [...manifest('manifest.csv'), ...manifest('derived_from_RG1', 'manifest.csv')].map(
  ({ file, pixel_md5, note }) => [file, pixel_md5 ?? note!.replace('md5-of-pixels ', '')] as const,
)

it('the manifests list all films of the folder', () => {
  const listed = films.map(([file]) => basename(file)).toSorted()
  const there = readdirSync(filmsFolder('dicom'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.dcm'),
  )
  expect(listed).toEqual(there.map((file) => basename(file)).toSorted())
})

// bytes of pydicom's pixel_array: stored values in their own width, little endian
it.each(films)('%s has the pixels of pydicom, and its header is found without them', async (file, md5) => {
  const path = filmsFolder(file)
  const { stored, ...header } = await read(path)
  expect(createHash('md5').update(bytesOf(stored)).digest('hex')).toBe(BY_PILLOW[md5] ?? md5)
  expect(checkDicomFile(path)).toEqual(header)
})

it('headers say what film preparation asks', () => {
  const header = (file: string) => checkDicomFile(filmsFolder('dicom', file))
  expect(header('RG1_J2KI.dcm')).toMatchObject({
    view: 'PA',
    photometric: 'MONOCHROME1',
    bitsStored: 15,
    window: { centre: 15000, width: 30000, shape: 'LINEAR' },
  })
  expect(header('RG3_J2KI.dcm')).toMatchObject({ view: 'AP' })
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
