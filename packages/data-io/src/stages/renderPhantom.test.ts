import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import { Pipeline, resolvePipeline } from '@radiograft/pipeline'
import type { Film } from '@radiograft/pipeline'
import { stageContext } from '@radiograft/pipeline/testing'
import { phantomCohort } from '../phantom/cohorts/planFilm.ts'
import { renderFilm } from '../phantom/renderFilm.ts'
import { checkSplits } from './checkSplits.ts'
import { renderPhantom } from './renderPhantom.ts'
import { run } from './renderPhantom.run.ts'
import { split } from './split.ts'
import type { RenderPhantomParams } from './renderPhantomKnobs.ts'

const defaults = Object.fromEntries(
  Object.entries(renderPhantom.params).map(([name, { default: value }]) => [name, value]),
) as unknown as RenderPhantomParams

const rendered = async (params: Partial<RenderPhantomParams>) => {
  const ctx = stageContext({ seed: 7, threads: 0, scratch: mkdtempSync(join(tmpdir(), 'stage-')) })
  const out = await run({ params: { ...defaults, films: 3, size: 32, ...params }, inputs: {}, ctx })
  const films: Film[] = []
  for await (const film of out.films.films) films.push(film)
  return { ...out, films }
}

it('without a word on cohort, view or boxes, the films are the ones that they always were', async () => {
  const { films, cohort, labels } = await rendered({})
  const described = phantomCohort(7, 3)
  expect(labels.map((row) => row.class)).toEqual(described.map((film) => film.class))
  expect(cohort.map((row) => row.view)).toEqual(described.map(({ view }) => view))
  const last = renderFilm({ seed: 7, index: 2, size: 32 })
  expect(films[2]!.pixels).toEqual(Float32Array.from(last.pixels, (grey) => grey / 255))
}, 60_000)

it('cohort multi: eight films of four patients; view and boxes fixed', async () => {
  const { films, cohort, boxes, labels } = await rendered({ cohort: 'multi', view: 'AP', boxes: 3, films: 8 })
  expect(films).toHaveLength(8)
  expect(new Set(cohort.map(({ patient }) => patient)).size).toBe(4)
  expect(new Set(cohort.map(({ view }) => view))).toEqual(new Set(['AP']))
  const described = phantomCohort(7, 8, { cohort: 'multi', view: 'AP', boxes: 3 })
  expect(cohort.map(({ patient }) => patient)).toEqual(described.map(({ patientId }) => patientId))
  const first = described.find(({ followUp, class: name }) => followUp === 0 && name === 'Lung Opacity')!
  expect(boxes.filter(({ film }) => film === first.filmId)).toHaveLength(3)
  expect(labels.map((row) => row.class)).toEqual(described.map((film) => film.class))
}, 60_000)

it('checkSplits describes the cohort that will be rendered', async () => {
  const pipeline = Pipeline.make({
    name: 'splits',
    doc: 'a phantom and its split',
    datasets: {},
    params: { cohort: 'multi', folds: 5 },
    paramDocs: { cohort: '', folds: '' },
    presets: { quick: {}, default: {}, paper: {} },
    axes: {},
    cell: (g, _, p) => {
      const raw = g('read', renderPhantom, {}, { films: 80, cohort: p.cohort as 'rsna' | 'multi' })
      return g('split', split, { cohort: raw.cohort, labels: raw.labels }, { folds: p.folds })
    },
    gather: (_, cells) => ({ parts: cells.map((cell) => cell.out.split) }),
  })
  const check = (sets: Readonly<Record<string, string>>) => checkSplits(resolvePipeline(pipeline, { sets, seed: 1 }))
  await expect(check({ folds: '41' })).rejects.toThrow(
    /^the phantom of 80 film\(s\): fewer patients than folds: 40 patient\(s\) for 41 folds\./,
  )
  await expect(check({})).resolves.toBeUndefined()
  // one film a patient: the same 41 folds have patients enough, and too few positives
  await expect(check({ folds: '41', cohort: 'rsna' })).rejects.toMatchObject({ reason: 'no-positives' })
})
