// The whole description of a small folder on disk.
import { copyFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { writeRsnaFixture } from '../testing/rsnaFixture.ts'
import type { FixtureFilm } from '../testing/rsnaFixture.ts'
import { describeData } from './describeData.ts'
import type { DescribedData } from './describeData.ts'

const noise = (seed: number): Uint8Array =>
  Uint8Array.from(
    rng('films')
      .fork(seed)
      .ints(32 * 32, 0, 256),
  )
const side = { rows: 32, columns: 32 }
const ill = { ...side, class: 'Lung Opacity', boxes: [[4, 4, 8, 12]], view: 'AP' } as const
const well = { ...side, class: 'Normal', view: 'PA' } as const
const path = (root: string, id: string): string => join(root, 'stage_2_train_images', `${id}.dcm`)

/** 4 positives and 8 normal films of 11 patients: b is a's pixels under another patient, d is c's file, f is almost e. */
const makeFolder = (): string => {
  const [a, c, e] = [noise(1), noise(2), noise(3)]
  const films: Record<string, FixtureFilm> = {
    a: { ...ill, stored: a, patient: 'nih-1' },
    b: { ...well, stored: a, patient: 'nih-2' },
    c: { ...ill, stored: c, patient: 'nih-3' },
    d: { ...ill, stored: c, patient: 'nih-4' },
    e: { ...well, stored: e, patient: 'nih-5' },
    f: { ...well, stored: e.map((value) => Math.min(255, value + 3)), patient: 'nih-5' },
    g: { ...ill, stored: noise(4), patient: 'nih-6' },
    h: { ...well, stored: new Uint8Array(32 * 32).fill(90), patient: 'nih-7' },
    ...Object.fromEntries(
      ['i', 'j', 'k', 'l'].map((id, i) => [id, { ...well, stored: noise(10 + i), patient: `nih-${8 + i}` }]),
    ),
  }
  const root = writeRsnaFixture(films)
  copyFileSync(path(root, 'c'), path(root, 'd'))
  return root
}
const options = { workers: 0, pseudonym: (patient: string) => `name-${patient.slice(4)}` }

describe('a folder with copies', () => {
  let described: DescribedData
  const steps: Array<readonly [number, number]> = []
  beforeAll(async () => {
    described = await describeData(makeFolder(), { ...options, onProgress: (...step) => steps.push(step) })
  })

  it('counts, bits and boxes', () => {
    expect(described.record).toMatchObject({
      layout: 'rsna',
      films: 12,
      positives: 4,
      formats: { dicom: 12 },
      patients: { known: true, patients: 11, most: 2 },
      boxes: { boxes: 4, width: 8, height: 12 },
      pixels: { films: 12, bits: { 8: 12 }, inverted: 0, blank: ['h'] },
    })
  })
  it('the same pixels, the same file, the same look; dangerous ones first, patients by pseudonym', () => {
    const { duplicates } = described.record.pixels!
    expect(
      duplicates.map(({ by, patients, targetsDiffer, films }) => [
        by,
        patients,
        targetsDiffer,
        films.map((f) => f.film).join(),
      ]),
    ).toEqual([
      ['pixels', 'several', true, 'a,b'],
      ['file', 'several', false, 'c,d'],
      ['look', 'one', false, 'e,f'],
    ])
    expect(duplicates[0]!.films.map(({ patient }) => patient)).toEqual(['name-1', 'name-2'])
    expect(JSON.stringify(described)).not.toContain('nih-')
  })
  it('warns of what is wrong with it', () => {
    expect(described.warnings.map(({ kind }) => kind)).toEqual(['few-positives', 'duplicates', 'labels', 'blank'])
  })
  it('the contact sheet is a PNG with a row for positives, one for normal films, one for copies', () => {
    const sheet = Buffer.from(described.sheet!)
    expect(sheet.subarray(1, 4).toString()).toBe('PNG')
    const [width, height] = [sheet.readUInt32BE(16), sheet.readUInt32BE(20)]
    expect(width).toBe(2 * 16 + 6 * 224 + 5 * 12)
    // a row: heading 34, film 224 + 4, two lines of 15 (three in the row of copies), gap 12
    expect(height).toBe(16 + 34 + 15 + 12 + 2 * (34 + 228 + 30 + 12) + (34 + 228 + 45 + 12) + 16 - 12)
  })
  it('tells how far it is, from none to all', () => {
    expect(steps[0]).toEqual([0, 12])
    expect(steps.at(-1)).toEqual([12, 12])
    expect(steps).toHaveLength(13)
  })
})

it('without pixels: no bits, copies or sheet, and nothing is decoded', async () => {
  const steps: number[] = []
  const { record, sheet, sections } = await describeData(makeFolder(), {
    ...options,
    pixels: false,
    onProgress: (done) => steps.push(done),
  })
  expect([record.pixels, sheet, steps]).toEqual([null, undefined, []])
  expect(sections.map(({ title }) => title)).not.toContainEqual(expect.stringMatching(/Duplicates/))
})

it('a bad film ends it with its name, or is left out and told', async () => {
  const root = makeFolder()
  truncateSync(path(root, 'k'), 600)
  await expect(describeData(root, options)).rejects.toMatchObject({
    _tag: 'FolderError',
    message: expect.stringContaining('k.dcm'),
  })
  const { record } = await describeData(root, { ...options, skipBad: true, pixels: false })
  expect(record.films).toBe(11)
  expect(record.left.bad).toEqual([{ film: 'k', why: expect.stringContaining('k.dcm') }])
})

it('stops when it is told to', async () => {
  const stop = new AbortController()
  const described = describeData(makeFolder(), {
    ...options,
    signal: stop.signal,
    onProgress: (done) => done === 3 && stop.abort(new Error('enough')),
  })
  await expect(described).rejects.toThrow('enough')
})
