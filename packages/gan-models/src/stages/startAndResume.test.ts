// Fits that do not begin at nothing: one that was stopped and goes on, one that starts from a finished generator.
import { beforeAll, expect, test } from '@jest/globals'
import type { Network, ProvenanceRow } from '@radiograft/pipeline'
import {
  cohortTables,
  defaultsOf,
  filmIds,
  filmsInMemory,
  memoryCheckpoints,
  stageContext,
} from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { fitRealistic } from './fitRealistic.ts'
import { run } from './fitRealistic.run.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const ids = filmIds(12)
const who = cohortTables(ids, {
  partOf: (i) => (i < 6 ? 'train' : i < 9 ? 'validation' : 'test'),
  having: (i) => i % 2 === 0,
  classOf: (i) => (i % 2 === 0 ? 'Lung Opacity' : 'Normal'),
})
const films = filmsInMemory(ids, 32, (id) => rng(id).uniforms(32 * 32))
const blended = filmsInMemory(
  ids.filter((_, i) => i % 2 === 0),
  32,
  (id) => rng(`blended ${id}`).uniforms(32 * 32),
)
const tiny = { size: 32, filters: 2, blocks: 1, batch: 2 }
const fit = (
  given: object,
  ctx = stageContext(),
  start: { readonly init?: Network; readonly initProvenance?: ReadonlyArray<ProvenanceRow> } = {},
) =>
  run({
    params: defaultsOf(fitRealistic, { ...tiny, ...given }),
    inputs: { films, blended, ...who, blendedSplit: undefined, init: start.init, initProvenance: start.initProvenance },
    ctx,
  })

test('stopped and started again, it goes on at the step it had reached, and ends as the straight one', async () => {
  const straight = await fit({ steps: 25 })
  const checkpoints = memoryCheckpoints()
  const controller = new AbortController()
  const stop = (done: number): void => {
    if (done === 22) controller.abort(new Error('stopped by hand'))
  }
  const first = stageContext({ checkpoints, signal: controller.signal, progress: stop })
  await expect(fit({ steps: 25 }, first)).rejects.toMatchObject({ _tag: 'TrainingCancelledError' })
  expect(checkpoints.saved).toEqual([22])
  const second = stageContext({ checkpoints })
  const resumed = await fit({ steps: 25 }, second)
  expect(second.done).toEqual([22, 23, 24, 25])
  expect(second.logs).toContain('goes on after step 22 of 25, from a checkpoint')
  expect(resumed.generator).toEqual(straight.generator)
  expect(resumed.curves).toEqual(straight.curves)
})

const seen = (product: string, ...of: ReadonlyArray<string>): ProvenanceRow[] =>
  of.map((film) => ({ product, film, patient: `patient of ${film}`, role: 'training' }))

test('from a finished generator: its weights, and what it has seen', async () => {
  const { generator: init, provenance } = await fit({ steps: 2 })
  const initProvenance = [...provenance, ...seen('elsewhere', 'another film')]
  const still = { steps: 1, learningRate: 1e-30 } // a rate at which nothing moves shows where the fit starts
  const { generator, provenance: both } = await fit({ ...still, size: 40 }, undefined, { init, initProvenance })
  for (const [name, { data }] of Object.entries(init.tensors))
    data.forEach((v, i) => expect(generator.tensors[name]!.data[i]).toBeCloseTo(v, 12))
  expect(generator.config).toMatchObject({ size: 40 }) // the network is convolutional: fitted small, it goes on larger
  const drawn = await fit(still)
  expect(drawn.generator.tensors['stem.weight']).not.toEqual(generator.tensors['stem.weight'])
  expect(both).toEqual(initProvenance) // it has seen the same films as before, each once, and the one from elsewhere
})

test.each([
  [
    'filters',
    { filters: 4 },
    'init: filters is 2 in that generator and 4 here: set filters to 2, or leave init unwired',
  ],
  ['blocks', { blocks: 2 }, 'blocks is 1 in that generator and 2 here'],
  ['skip', { skip: false }, 'skip is true in that generator and false here'],
])('a generator of other %s is refused before anything is trained', async (_, given, message) => {
  const config = { architecture: 'cyclegan-generator', size: 32, network: { filters: 2, blocks: 1, skip: true } }
  const ctx = stageContext()
  const start = { init: { config, tensors: {} }, initProvenance: [] }
  await expect(fit({ steps: 1, ...given }, ctx, start)).rejects.toMatchObject({
    _tag: 'GanModelsError',
    message: expect.stringContaining(message),
  })
  expect(ctx.done).toEqual([])
})

test('a generator without its provenance, and one that has seen a film that is kept for judging, are refused', async () => {
  const config = { architecture: 'cyclegan-generator', size: 32, network: { filters: 2, blocks: 1, skip: true } }
  const init = { config, tensors: {} }
  await expect(fit({}, undefined, { init })).rejects.toThrow('init: wire initProvenance too')
  await expect(fit({}, undefined, { initProvenance: [] })).rejects.toThrow('wire both or neither')
  for (const film of ['film-06', 'film-11'])
    await expect(fit({}, undefined, { init, initProvenance: seen('before', film) })).rejects.toMatchObject({
      _tag: 'LeakageError',
      leaks: [{ film, product: 'before', seenFilm: film }],
    })
  const detector = { config: { architecture: 'retinanet-resnet18' }, tensors: {} }
  await expect(fit({}, undefined, { init: detector, initProvenance: [] })).rejects.toThrow('is no generator of films')
})
