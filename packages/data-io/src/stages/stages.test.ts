import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import type { Film, FilmsOut, StageContext } from '@radiograft/pipeline'
import { writeRsnaFixture } from '../testing/rsnaFixture.ts'
import { checkDataset, readRsna, renderPhantom, split } from './index.ts'
import { run as runReadRsna } from './readRsna.run.ts'
import { run as runRenderPhantom } from './renderPhantom.run.ts'
import { run as runSplit } from './split.run.ts'

const context = (more: Partial<StageContext> = {}): StageContext => ({
  seed: 7,
  threads: 0,
  precision: 'fp32',
  signal: new AbortController().signal,
  scratch: mkdtempSync(join(tmpdir(), 'stage-')),
  progress: () => {},
  metric: () => {},
  log: () => {},
  ...more,
})
const films = async (out: FilmsOut): Promise<Film[]> => {
  const all: Film[] = []
  for await (const film of out.films) all.push(film)
  return all
}
const phantom = {
  films: 30,
  cohort: 'rsna',
  size: 32,
  difficulty: 0.2,
  jitter: 1,
  noise: 1,
  view: 'drawn',
  boxes: 0,
  coupling: 0,
  markerCoupling: 0,
  distractors: 0.443,
  devices: false,
} as const

it('each definition names an entry that exists', () => {
  for (const stage of [readRsna, renderPhantom, split]) expect(existsSync(stage.entry)).toBe(true)
})

it('render-phantom: films, twins, masks, boxes and truth of one cohort', async () => {
  const done: number[] = []
  const out = await runRenderPhantom({
    params: phantom,
    inputs: {},
    ctx: context({ progress: (i) => done.push(i) }),
  })
  const [shown, twins, masks] = [await films(out.films), await films(out.twins), await films(out.masks)]
  const ids = shown.map((film) => film.id)
  expect(ids).toEqual(ids.toSorted())
  expect(ids).toHaveLength(30)
  expect(done).toHaveLength(30)
  for (const rows of [out.labels, out.cohort, out.truth]) expect(rows.map((row) => row.film)).toEqual(ids)
  expect(twins.map((film) => film.id)).toEqual(ids)
  // the pixels are bytes over 255, in [0, 1]
  expect(shown.every(({ pixels }) => pixels.length === 32 * 32)).toBe(true)
  expect(shown[0]!.pixels.every((x) => x >= 0 && x <= 1 && Math.abs(x * 255 - Math.round(x * 255)) < 1e-4)).toBe(true)

  const positives = out.labels.filter((row) => row.target === 1).map((row) => row.film)
  expect(positives.length).toBeGreaterThan(3)
  expect(out.labels.every((row) => (row.target === 1) === (row.class === 'Lung Opacity'))).toBe(true)
  expect(masks.map((film) => film.id)).toEqual(positives)
  expect([...new Set(out.boxes.map((row) => row.film))]).toEqual(positives)
  expect(out.boxes).toEqual(out.findings.filter((row) => row.label === 'opacity'))
  expect(out.findings.length).toBeGreaterThan(out.boxes.length)
  // a mask is 1 inside its film's boxes only, and touches each of them
  for (const { id, pixels } of masks) {
    const own = out.boxes.filter((row) => row.film === id)
    const inside = (i: number) => {
      const [x, y] = [(i % 32) + 0.5, Math.floor(i / 32) + 0.5]
      return own.filter((b) => x > b.x0 - 0.5 && x < b.x1 + 0.5 && y > b.y0 - 0.5 && y < b.y1 + 0.5)
    }
    const marked = Array.from(pixels.keys()).filter((i) => pixels[i] === 1)
    expect(pixels.every((x) => x === 0 || x === 1)).toBe(true)
    expect(marked.every((i) => inside(i).length > 0)).toBe(true)
    expect(new Set(marked.flatMap(inside)).size).toBe(own.length)
  }
  // a normal film is its twin
  const normal = ids.findIndex((id) => !out.findings.some((row) => row.film === id))
  expect(shown[normal]!.pixels).toEqual(twins[normal]!.pixels)
  expect(shown[ids.indexOf(positives[0]!)]!.pixels).not.toEqual(twins[ids.indexOf(positives[0]!)]!.pixels)
}, 60_000)

it('render-phantom stops when told to', async () => {
  const stop = new AbortController()
  const ctx = context({ signal: stop.signal, progress: () => stop.abort() })
  await expect(runRenderPhantom({ params: phantom, inputs: {}, ctx })).rejects.toThrow(/abort/)
})

const folder = () =>
  writeRsnaFixture({
    b: { class: 'Lung Opacity', boxes: [[2, 4, 2, 4]], patient: 'nih-1' },
    a: { class: 'Normal', patient: 'nih-1', sex: 'M', age: '60' },
  })

it('read-rsna: films, boxes in their pixels, labels and cohort of a folder', async () => {
  const dataset = { layout: 'rsna' as const, root: folder() }
  const out = await runReadRsna({ params: { size: 16, window: 'header' }, inputs: { dataset }, ctx: context() })
  expect(out.boxes).toEqual([{ film: 'b', x0: 4, y0: 8, x1: 8, y1: 16, label: 'opacity' }])
  expect(out.labels).toEqual([
    { film: 'a', class: 'Normal', target: 0 },
    { film: 'b', class: 'Lung Opacity', target: 1 },
  ])
  expect(out.cohort[0]).toEqual({ film: 'a', patient: 'nih-1', patientKnown: true, view: 'PA', sex: 'M', age: 60 })
  expect((await films(out.films)).map((film) => [film.id, film.pixels.length])).toEqual([
    ['a', 256],
    ['b', 256],
  ])
})

it('checkDataset: counts of a folder, nothing for the phantom, one error for a folder that is none', async () => {
  expect(await checkDataset({ layout: 'phantom', root: '' })).toBeUndefined()
  expect(await checkDataset({ layout: 'rsna', root: folder() })).toEqual({
    films: 2,
    positives: 1,
    boxes: 1,
    patients: 1,
  })
  await expect(checkDataset({ layout: 'rsna', root: tmpdir() })).rejects.toMatchObject({ _tag: 'RsnaFolderError' })
})

it('split: a hold-out, sealed, the same whatever the fold', async () => {
  const cohort = Array.from({ length: 80 }, (_, i) => ({
    film: `f${10 + i}`,
    patient: `p${i}`,
    patientKnown: true,
    view: 'PA',
    sex: '',
    age: -1,
  }))
  const labels = cohort.map(({ film }, i) => ({
    film,
    class: i % 4 ? 'Normal' : 'Lung Opacity',
    target: i % 4 ? 0 : 1,
  }))
  const parts = await Promise.all(
    [0, 3].map(async (fold) => {
      const params = { folds: 4, fold, holdOut: 0.25, validation: 0.125 }
      return (await runSplit({ params, inputs: { cohort, labels }, ctx: context() })).split
    }),
  )
  const test = parts.map((rows) => rows.filter((row) => row.part === 'test'))
  expect(test[0]).toHaveLength(20)
  expect(test[0]).toEqual(test[1])
  expect(test[0]!.every((row) => row.sealed)).toBe(true)
  expect(parts[0]).not.toEqual(parts[1])
})
