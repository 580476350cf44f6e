import { mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { encodeImage, writePhantomFolder } from '@radiograft/data-io'
import { kernelDistance } from '@radiograft/metrics/distribution'
import { rng } from '@radiograft/random'
import { pixelExtractor } from '../extractors/pixelExtractor.ts'
import { emptyFolder } from '../testing/emptyFolder.ts'
import { smallModel } from '../testing/smallModel.ts'
import { chooseMeasures } from './chooseMeasures.ts'
import { measureFolders } from './measureFolders.ts'
import type { MeasureFoldersOptions } from './measureFolders.ts'

/** Blurred noise about a grey level: films that differ. */
const levelsOf = (name: string, mean: number, side: number): Uint8Array => {
  const coarse = rng(name).normals(16)
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const cell = 4 * Math.floor((4 * Math.floor(i / side)) / side) + Math.floor((4 * (i % side)) / side)
    return Math.min(Math.max(Math.round(mean + 20 * coarse[cell]!), 0), 255)
  })
}

const writePng = async (file: string, stored: Uint8Array, rows: number, columns: number): Promise<void> =>
  writeFileSync(file, await encodeImage({ format: 'png', stored, rows, columns }))

const looseFolder = async (name: string, count: number, mean: number, side = 32): Promise<string> => {
  const folder = emptyFolder(name)
  for (let i = 0; i < count; i++)
    await writePng(join(folder, `${name}-${i}.png`), levelsOf(`${name} ${i}`, mean, side), side, side)
  return folder
}

/** A PNG of three channels, all red. */
const redPng = (side: number): Uint8Array => {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const header = Buffer.from([0, 0, 0, side, 0, 0, 0, side, 8, 2, 0, 0, 0])
  const line = [0, ...Array.from({ length: side }, () => [255, 0, 0]).flat()]
  const lines = Uint8Array.from(Array.from({ length: side }, () => line).flat())
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...chunks])
}

const options: MeasureFoldersOptions = {
  extractor: { kind: 'pixels' },
  workers: 0,
  startTensors: () => Promise.reject(new Error('no tensors for pixels')),
}

describe('two folders of films side by side', () => {
  test('KID of their pixels, FID in a projection, precision and recall, with n, dims, extractor and floor', async () => {
    const [real, fake] = [await looseFolder('real', 132, 110), await looseFolder('fake', 66, 140)]
    const seen: string[] = []
    const { record } = await measureFolders(real, fake, {
      ...options,
      onProgress: (what, done, films) => seen.push(`${what} ${done} ${films}`),
    })
    expect(seen.at(-1)).toBe('extracting features 198 198')
    expect(record.first).toEqual({ folder: real, layout: null, films: 132, patients: null, left: 0 })
    expect(record.extractor).toEqual({ name: 'pixels-32x32', sha256: null, resizeFilter: 'area-32' })
    expect(record.figures.map(({ metric }) => metric)).toEqual([
      'kid-pixels-32x32-n132x66',
      'fid-projected16-pixels-32x32-n66',
      'precision-k3-pixels-32x32-n66',
      'recall-k3-pixels-32x32-n66',
    ])
    const [kid, fid] = record.figures
    // the same films by hand
    const set = (name: string, count: number, mean: number) =>
      pixelExtractor().extract({
        pixels: Float32Array.from(
          Array.from({ length: count }, (_, i) => [...levelsOf(`${name} ${i}`, mean, 32)]).flat(),
          (level) => level / 255,
        ),
        count,
        height: 32,
        width: 32,
      })
    expect(kid!.value).toBeCloseTo(kernelDistance(await set('real', 132, 110), await set('fake', 66, 140)), 10)
    expect([fid!.dims, kid!.dims]).toEqual([16, 1024])
    for (const { value, low, high, floor } of record.figures) {
      expect(low).toBeLessThanOrEqual(value)
      expect(high).toBeGreaterThanOrEqual(value)
      expect(floor!.n).toBe(66)
    }
    // 30 grey levels apart: far above real against real
    expect(kid!.low).toBeGreaterThan(kid!.floor!.mean + 4 * kid!.floor!.spread)
    expect(fid!.low).toBeGreaterThan(fid!.floor!.mean + 4 * fid!.floor!.spread)
    expect(record.notes).toEqual([expect.stringMatching(/they are taken of 66 films of each folder/)])
    expect(record.warnings).toEqual([])
  })

  test('a second look takes kept features, and gives the same figures; a new film is computed alone', async () => {
    const [a, b, cache] = [await looseFolder('a', 20, 100), await looseFolder('b', 20, 100), emptyFolder('cache')]
    const first = await measureFolders(a, b, { ...options, cache })
    expect(first.kept).toBe(0)
    const again = await measureFolders(a, b, { ...options, cache })
    expect(again.kept).toBe(40)
    expect(again.record).toEqual(first.record)
    await writePng(join(a, 'new.png'), levelsOf('new', 100, 32), 32, 32)
    expect((await measureFolders(a, b, { ...options, cache })).kept).toBe(40)
    // another size is another filter, and nothing of it is kept
    const smaller = await measureFolders(a, b, { ...options, cache, size: 16 })
    expect(smaller.kept).toBe(0)
    expect(smaller.record.extractor.resizeFilter).toBe('letterbox-16, area-32')
    // what is damaged is computed anew
    const files = (readdirSync(cache, { recursive: true }) as string[]).filter((name) => name.endsWith('.f32'))
    expect(files).toHaveLength(82)
    for (const name of files) truncateSync(join(cache, name), 100)
    const mended = await measureFolders(a, b, { ...options, cache })
    expect(mended.kept).toBe(0)
  })

  test('the same films in both are told', async () => {
    const a = await looseFolder('a', 20, 100)
    const { record } = await measureFolders(a, a, options)
    expect(record.warnings).toEqual([expect.stringMatching(/^20 films of the second folder lie in the first one too/)])
  })
})

test('sets too small: what to read instead, from 64, 128 and 256 films', () => {
  const protocols = (n: number, columns = 1280) =>
    chooseMeasures(n, columns).measures.map(({ measure: m }) => m.protocol)
  expect(protocols(49)).toEqual(['kid'])
  expect(chooseMeasures(49, 1280).left).toEqual([
    'FID needs 64 films or more of each set, and one has 49: read KID, which is right on average at any number.',
    'Precision and recall need 50 films or more of each set, and one has 49: read KID.',
  ])
  expect(protocols(63)).toEqual(['kid', 'precision-k3', 'recall-k3'])
  expect([64, 127, 128, 256, 5119].map((n) => protocols(n)[1])).toEqual(
    ['fid-projected16', 'fid-projected16', 'fid-projected32', 'fid-projected64', 'fid-projected64'], // prettier-ignore
  )
  expect(protocols(5120).slice(0, 3)).toEqual(['kid', 'fid', 'fid-projected64'])
  expect(chooseMeasures(64, 1280).left).toEqual([])
})

describe('refused, by the name of the file', () => {
  test('mixed sizes, unless a size is asked for', async () => {
    const [a, b] = [await looseFolder('a', 6, 100), await looseFolder('b', 6, 100)]
    await writePng(join(b, 'odd.png'), levelsOf('odd', 100, 20), 20, 20)
    await expect(measureFolders(a, b, options)).rejects.toThrow(
      new RegExp(
        `^${join(b, 'odd.png')}: 20 x 20 pixels, where the first film has 32 x 32 \\(1 of 7 films.*--size <n>`,
      ),
    )
    const { record } = await measureFolders(a, b, { ...options, size: 32 })
    expect(record.extractor.resizeFilter).toBe('letterbox-32, area-32')
  })
  test('a colour film, and one that cannot be read', async () => {
    const a = await looseFolder('a', 4, 100)
    const colour = emptyFolder('colour')
    writeFileSync(join(colour, 'red.png'), redPng(8))
    writeFileSync(join(colour, 'broken.png'), 'no picture')
    await expect(measureFolders(a, colour, options)).rejects.toThrow(/broken\.png: it begins as neither/)
    rmSync(join(colour, 'broken.png'))
    for (const name of ['grey.png', 'other.png']) await writePng(join(colour, name), levelsOf(name, 90, 8), 8, 8)
    await expect(measureFolders(a, colour, { ...options, size: 8 })).rejects.toThrow(/red\.png: .*one grey channel/)
    const { record } = await measureFolders(a, colour, { ...options, skipBad: true, size: 8 })
    expect(record.second).toMatchObject({ films: 2, left: 1 })
  })
  test('an empty folder, one film, more films drawn than there are', async () => {
    const [a, one] = [await looseFolder('a', 4, 100), await looseFolder('one', 1, 100)]
    await expect(measureFolders(a, emptyFolder('none'), options)).rejects.toThrow(/no film \(\.dcm/)
    await expect(measureFolders(a, one, options)).rejects.toThrow(/one: |1 film\(s\) of one patient.*KID.*FID from 64/)
    await expect(measureFolders(a, a, { ...options, films: 5 })).rejects.toThrow(/it has 4 films, and 5/)
  })
  test('a network that is no MobileNetV2, before any film is opened', async () => {
    const weights = emptyFolder('weights')
    const { model, shards } = smallModel()
    writeFileSync(join(weights, 'model.json'), JSON.stringify(model))
    for (const [name, bytes] of shards) writeFileSync(join(weights, name), bytes)
    await expect(
      measureFolders('nowhere', 'nowhere', { ...options, extractor: { kind: 'mobilenet', folder: weights } }),
    ).rejects.toThrow(/model\.json: not MobileNetV2 of width 1 at 224 x 224: it takes films of 17 x 17 x 3/)
  })
})

test('a folder of a layout: patients are its own, units of intervals; the ladder of one folder', async () => {
  const folder = join(emptyFolder('phantom'), 'rsna')
  mkdirSync(folder)
  await writePhantomFolder({ out: folder, layout: 'rsna', films: 24, size: 64, seed: 3, workers: 0 })
  const { record, plot } = await measureFolders(folder, undefined, { ...options, ladder: true })
  expect(record.first).toMatchObject({ layout: 'rsna', films: 24 })
  expect(record.first.patients).toBeLessThanOrEqual(24)
  expect(record.first.patients).toBeGreaterThan(2)
  expect(record.second).toBeNull()
  expect(record.figures).toEqual([])
  const { size, corruptions } = record.ladder!
  expect(size).toBe(64)
  expect(corruptions.map(({ corruption, rungs }) => [corruption, rungs.length])).toEqual(
    ['noise', 'blur', 'contrast', 'occlusion', 'swirl'].map((name) => [name, 6]),
  )
  expect(plot).toMatch(/^<svg /)
  for (const { corruption } of corruptions) expect(plot).toContain(corruption)
})
