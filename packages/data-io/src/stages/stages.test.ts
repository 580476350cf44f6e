import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { Dataset, Film, FilmsOut, StageContext } from '@radiograft/pipeline'
import { stageContext } from '@radiograft/pipeline/testing'
import { greyPng } from '../testing/greyPng.ts'
import { writeFolder } from '../testing/writeFolder.ts'
import { writeRsnaFixture } from '../testing/rsnaFixture.ts'
import { checkDataset } from './checkDataset.ts'
import { readFilms, renderPhantom, split } from './index.ts'
import { run as runReadFilms } from './readFilms.run.ts'
import { run as runRenderPhantom } from './renderPhantom.run.ts'
import { run as runSplit } from './split.run.ts'

const context = (more: Partial<StageContext> = {}): StageContext =>
  stageContext({ seed: 7, threads: 0, scratch: mkdtempSync(join(tmpdir(), 'stage-')), ...more })
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
  for (const stage of [readFilms, renderPhantom, split]) expect(existsSync(stage.entry)).toBe(true)
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

const reading = {
  size: 16,
  window: 'header',
  storage: 'uint8',
  finding: '',
  uncertain: 'positive',
  unboxed: 'keep',
  classes: 'layout',
} as const
const read = (dataset: Dataset, params: Partial<Record<keyof typeof reading, unknown>> = {}, more = {}) =>
  runReadFilms({ params: { ...reading, ...params } as never, inputs: { dataset }, ctx: context(more) })

it('read-films: films, boxes in their pixels, labels, findings, cohort and preparation of a folder', async () => {
  const out = await read({ layout: 'rsna', root: folder() })
  expect(out.boxes).toEqual([{ film: 'b', x0: 4, y0: 8, x1: 8, y1: 16, label: 'Lung Opacity' }])
  expect(out.labels).toEqual([
    { film: 'a', class: 'Normal', target: 0 },
    { film: 'b', class: 'Lung Opacity', target: 1 },
  ])
  expect(out.findings).toEqual([
    { film: 'a', finding: 'Lung Opacity', mention: 0 },
    { film: 'b', finding: 'Lung Opacity', mention: 1 },
  ])
  expect(out.cohort[0]).toEqual({ film: 'a', patient: 'nih-1', patientKnown: true, view: 'PA', sex: 'M', age: 60 })
  expect((await films(out.films)).map((film) => [film.id, film.pixels.length])).toEqual([
    ['a', 256],
    ['b', 256],
  ])
  // known once the films were read
  const how = {
    format: 'dicom',
    rows: 8,
    columns: 8,
    bits: 8,
    inverted: false,
    window: 'depth',
    scale: 2,
    padX: 0,
    padY: 0,
  }
  expect(out.preparations).toEqual([
    { film: 'a', ...how, padding: 0 },
    { film: 'b', ...how, padding: 0 },
  ])
  expect(out.left).toMatchObject({ cells: [], note: 'None: all 2 films of the folder are in.' })
})

describe('a film whose pixels only decoding shows to be damaged', () => {
  // 12 bytes that begin and end as a JPEG does, and are none
  const fragments = [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 5, 6, 0xff, 0xd9)]
  const damaged = (): string =>
    writeRsnaFixture({
      a: { class: 'Normal' },
      b: { class: 'Normal', encapsulated: { uid: '1.2.840.10008.1.2.4.50', fragments } },
      c: { class: 'Lung Opacity', boxes: [[2, 4, 2, 4]] },
      d: { class: 'Normal', encapsulated: { uid: '1.2.840.10008.1.2.4.50', fragments } },
    })

  it('ends the reading with the whole list', async () => {
    const out = await read({ layout: 'rsna', root: damaged() })
    const failure = await films(out.films).catch((error: unknown) => error as Error)
    expect(failure).toMatchObject({ _tag: 'FolderError', problems: [{ film: 'b' }, { film: 'd' }] })
    expect((failure as Error).message).toMatch(/2 problem\(s\).*b\.dcm: .*d\.dcm: /s)
  })

  it('is left out and listed where bad films are to be skipped', async () => {
    const done: number[] = []
    const out = await read(
      { layout: 'rsna', root: damaged(), skipBad: true },
      {},
      { progress: (i: number) => done.push(i) },
    )
    expect((await films(out.films)).map(({ id }) => id)).toEqual(['a', 'c'])
    for (const rows of [out.labels, out.cohort, out.preparations])
      expect(rows.map(({ film }) => film)).toEqual(['a', 'c'])
    expect(out.boxes.map(({ film }) => film)).toEqual(['c'])
    expect(out.findings.map(({ film }) => film)).toEqual(['a', 'c'])
    expect(out.left.cells).toEqual([
      ['b', expect.stringContaining('b.dcm: its JPEG stream cannot be decoded')],
      ['d', expect.stringContaining('d.dcm: its JPEG stream cannot be decoded')],
    ])
    expect(out.left.note).toBe('2 films are in, 2 were left out.')
    expect(done).toEqual([1, 3])
  })
})

it('read-films: classes as the layout has them, or the three of the task', async () => {
  const name = (i: number) => `0000000${i}_000.png`
  const labels = ['No Finding', 'Mass|Effusion', 'Effusion', 'Mass']
  const row = (i: number) => `${name(i)},${labels[i]},0,${i},50,F,PA,8,8,0.1,0.1`
  const head = 'Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position'
  const root = writeFolder({
    'Data_Entry_2017.csv': [`${head},OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]`, ...labels.keys()]
      .map((line) => (typeof line === 'number' ? row(line) : line))
      .join('\n'),
    ...Object.fromEntries(Array.from(labels.keys(), (i) => [`images/${name(i)}`, greyPng(8, 8)])),
  })
  const classesOf = async (classes: string) =>
    (await read({ layout: 'nih', root }, { finding: 'Mass', classes })).labels.map((label) => [
      label.class,
      label.target,
    ])
  expect(await classesOf('layout')).toEqual([
    ['Normal', 0],
    ['Mass|Effusion', 1],
    ['Effusion', 0],
    ['Mass', 1],
  ])
  expect(await classesOf('task')).toEqual([
    ['Normal', 0],
    ['Mass', 1],
    ['No Mass / Not Normal', 0],
    ['Mass', 1],
  ])
})

it('read-films: a film that shows the finding in question is not normal, though CheXpert has it so', async () => {
  const names = ['No Finding', 'Enlarged Cardiomediastinum', 'Cardiomegaly', 'Lung Opacity', 'Lung Lesion', 'Edema']
  const more = ['Consolidation', 'Pneumonia', 'Atelectasis', 'Pneumothorax', 'Pleural Effusion', 'Pleural Other']
  const head = ['Path,Sex,Age,Frontal/Lateral,AP/PA', ...names, ...more, 'Fracture', 'Support Devices'].join(',')
  const path = (i: number) => `train/patient0000${i}/study1/view1_frontal.png`
  const row = (i: number, devices: string) => `${path(i)},Male,50,Frontal,PA,1.0${','.repeat(13)}${devices}`
  const root = writeFolder({
    'train.csv': [head, row(1, ''), row(2, '1.0')].join('\n'),
    [path(1)]: greyPng(8, 8),
    [path(2)]: greyPng(8, 8),
  })
  for (const classes of ['task', 'layout']) {
    const { labels } = await read({ layout: 'chexpert', root }, { finding: 'Support Devices', classes })
    expect(labels.map((label) => [label.class, label.target])).toEqual([
      ['Normal', 0],
      ['Support Devices', 1],
    ])
  }
})

it('read-films keeps 16 bits where asked to', async () => {
  const stored = Uint16Array.from({ length: 64 }, (_, i) => 1000 * i + 1)
  const root = writeRsnaFixture({ a: { class: 'Normal', stored }, b: { class: 'Lung Opacity', boxes: [[1, 1, 2, 2]] } })
  const out = await read({ layout: 'rsna', root, skipBad: true }, { size: 16, storage: 'uint16' })
  expect(out.films.storage).toBe('uint16')
  const [a] = await films(out.films)
  // growing is bilinear; the corner pixel stays what it was: 1 of 65,535, and the last one 63,001
  expect(a!.pixels[0]! * 65_535).toBeCloseTo(1, 2)
  expect(a!.pixels[255]! * 65_535).toBeCloseTo(63_001, 2)
})

it('checkDataset: counts of a folder, nothing for the phantom, one error for a folder that is none', async () => {
  expect(await checkDataset({ layout: 'phantom', root: '' }, [])).toBeUndefined()
  expect(await checkDataset({ layout: 'rsna', root: folder() }, [])).toEqual({
    films: 2,
    positives: 1,
    boxes: 1,
    patients: 1,
    left: [],
  })
  await expect(checkDataset({ layout: 'rsna', root: tmpdir() }, [])).rejects.toMatchObject({ _tag: 'FolderError' })
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
