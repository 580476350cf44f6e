// What the stage tests of every package stand on.
import { expect, it } from '@jest/globals'
import { Schema } from 'effect'
import { param } from '../Param.ts'
import * as api from './index.ts'
import {
  cohortTables,
  collectFilms,
  defaultsOf,
  filmIds,
  filmsInMemory,
  memoryCheckpoints,
  stageContext,
} from './index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'cohortTables',
    'collectFilms',
    'defaultsOf',
    'filmIds',
    'filmsInMemory',
    'memoryCheckpoints',
    'stageContext',
  ])
})

it('films: by position in the order asked for, as a stream in theirs; they know which were read by position', async () => {
  const films = filmsInMemory(filmIds(3), 1, (_, i) => Float32Array.of(i / 2))
  expect(films).toMatchObject({ size: 3, ids: ['film-00', 'film-01', 'film-02'], height: 1, width: 1 })
  expect(await collectFilms({ height: 1, width: 1, storage: 'float32', films: films.stream() })).toEqual([
    { id: 'film-00', pixels: Float32Array.of(0) },
    { id: 'film-01', pixels: Float32Array.of(0.5) },
    { id: 'film-02', pixels: Float32Array.of(1) },
  ])
  expect(films.seen.size).toBe(0)
  expect(await films.rows(['film-02', 'film-00'].map((id) => films.indexOf(id)))).toEqual([
    Float32Array.of(1),
    Float32Array.of(0),
  ])
  expect([...films.seen]).toEqual(['film-02', 'film-00'])
  expect(() => films.indexOf('film-03')).toThrow("unknown film 'film-03'")
})

it('tables: one row a film; patients, classes and parts as told', () => {
  const partOf = (i: number) => (i < 1 ? ('train' as const) : ('test' as const))
  const { cohort, labels, split } = cohortTables(['a', 'b'], { partOf, having: (i) => i === 1 })
  expect(cohort.map(({ patient }) => patient)).toEqual(['patient of a', 'patient of b'])
  expect(labels).toEqual([
    { film: 'a', class: 'Normal', target: 0 },
    { film: 'b', class: 'Lung Opacity', target: 1 },
  ])
  expect(split.map(({ film, patient, part }) => [film, patient, part])).toEqual([
    ['a', 'patient of a', 'train'],
    ['b', 'patient of b', 'test'],
  ])
  const other = cohortTables(['a'], { partOf, classOf: () => 'Other', patientOf: (_, i) => `p${i}` })
  expect([other.labels[0]!.class, other.labels[0]!.target, other.split[0]!.patient]).toEqual(['Other', 0, 'p0'])
})

it('parameters: defaults, replaced by those given; a wrong one throws', () => {
  const stage = { params: { size: param(Schema.Int, { default: 64, doc: '' }) } }
  expect([defaultsOf(stage), defaultsOf(stage, { size: 8 })]).toEqual([{ size: 64 }, { size: 8 }])
  expect(() => defaultsOf(stage, { size: 'eight' })).toThrow('size')
})

it('a context keeps what it was told, and takes what is given', () => {
  const ctx = stageContext({ seed: 9 })
  ctx.progress(1, 2)
  ctx.metric('loss', 0.5, 1)
  ctx.log('half')
  expect(ctx).toMatchObject({ seed: 9, threads: 2, done: [1], metrics: ['loss'], logs: ['half'] })
})

it('checkpoints in memory give back the newest, and copies', async () => {
  const checkpoints = memoryCheckpoints()
  expect(await checkpoints.latest()).toBeUndefined()
  const values = Float32Array.of(1, 2)
  const tensors = { w: { dtype: 'float32', shape: [2], values } } as const
  await checkpoints.save({ step: 1, tensors, state: { rate: 0.5 } })
  values[0] = 9
  await checkpoints.save({ step: 2, tensors, state: {} })
  values[0] = 7
  const kept = await checkpoints.latest()
  expect(kept).toEqual({ step: 2, tensors: { w: { ...tensors.w, values: Float32Array.of(9, 2) } }, state: {} })
  expect(checkpoints.saved).toEqual([1, 2])
  await checkpoints.clear()
  expect(await checkpoints.latest()).toBeUndefined()
})

it('every context has checkpoints and a place for graphs of its own', () => {
  const [a, b] = [stageContext(), stageContext()]
  expect(a.checkpoints).not.toBe(b.checkpoints)
  expect(a.graphs.folder).not.toBe(b.graphs.folder)
})
