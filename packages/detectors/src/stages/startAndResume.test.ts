// Fits that do not begin at nothing: one that was stopped and goes on, one that starts from a finished detector.
import { beforeAll, expect, jest, test } from '@jest/globals'
import { toNetworkTensors } from '@radiograft/nn'
import type { BoxRow, Network, ProvenanceRow } from '@radiograft/pipeline'
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
import { differing, distance } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import { pyramidLevels } from '../anchors.ts'
import { formulaDetector } from '../testing/formulaDetector.ts'
import { fitDetector } from './fitDetector.ts'
import { run } from './fitDetector.run.ts'

jest.setTimeout(200_000) // a busy machine is no failure

const SIZE = 32
const ids = filmIds(12)
const having = (i: number): boolean => i % 3 === 0
const who = cohortTables(ids, { partOf: (i) => (i < 6 ? 'train' : i < 9 ? 'validation' : 'test'), having })
const films = filmsInMemory(ids, SIZE, (id) => rng(id).uniforms(SIZE * SIZE))
const boxes: BoxRow[] = ids.flatMap((film, i) =>
  having(i) ? [{ film, x0: 3 + i, y0: 8, x1: 15 + i, y1: 24, label: 'opacity' }] : [],
)
const seen = (product: string, ...of: ReadonlyArray<string>): ProvenanceRow[] =>
  of.map((film) => ({ product, film, patient: `patient of ${film}`, role: 'training' }))

const config = {
  architecture: 'retinanet-resnet18',
  height: 64,
  width: 64,
  levels: pyramidLevels(),
  classNames: ['Lung Opacity', 'Normal'],
  positiveClasses: [0],
  attention: null,
  network: { classes: 2, headChannels: 8, headNorm: 'none', dropout: 0.5 },
}
let finished: Network
beforeAll(async () => {
  await loadRuntime({ threads: 2 })
  const params = formulaDetector({ classes: 2, headChannels: 8 }, SIZE)
  finished = { config, tensors: await toNetworkTensors(params) }
  tf.dispose(params)
})

/** Equality of eleven million numbers by Jest's matcher takes half a minute. */
const valuesOf = ({ tensors }: Network) =>
  Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data]))

const fit = (
  given: object,
  ctx = stageContext(),
  start: { readonly init?: Network; readonly initProvenance?: ReadonlyArray<ProvenanceRow> } = {
    init: finished,
    initProvenance: seen('detector', 'film-00', 'another film'),
  },
) =>
  run({
    params: defaultsOf(fitDetector, { batch: 2, headChannels: 8, ...given }),
    inputs: {
      films,
      boxes,
      ...who,
      attention: undefined,
      extraFilms: undefined,
      extraBoxes: undefined,
      extraLabels: undefined,
      extraSplit: undefined,
      extraAttention: undefined,
      extraProvenance: [],
      init: start.init,
      initProvenance: start.initProvenance,
    },
    ctx,
  })

test('from a finished detector, fitted on larger films; stopped, it goes on and ends as the straight one; bf16 is heard', async () => {
  const { graphs } = stageContext() // one trace is enough for three fits
  const straight = await fit({ steps: 4 }, stageContext({ graphs }))
  const checkpoints = memoryCheckpoints()
  const controller = new AbortController()
  const stop = (done: number): void => {
    if (done === 2) controller.abort(new Error('stopped by hand'))
  }
  const first = stageContext({ graphs, checkpoints, signal: controller.signal, progress: stop })
  await expect(fit({ steps: 4 }, first)).rejects.toMatchObject({ _tag: 'TrainingCancelledError' })
  const second = stageContext({ graphs, checkpoints })
  const resumed = await fit({ steps: 4 }, second)
  expect(second.done).toEqual([2, 3, 4])
  expect(second.logs).toContain('goes on after step 2 of 4, from a checkpoint')
  expect(differing(valuesOf(resumed.detector), valuesOf(straight.detector))).toEqual([])
  expect(resumed.curves).toEqual(straight.curves)
  expect(straight.provenance).toHaveLength(7) // six training films, one of them seen before, and the other one
  expect(straight.provenance).toContainEqual(seen('detector', 'another film')[0])

  // at a rate at which nothing moves, the fit ends where it started
  const still = await fit({ steps: 4, learningRate: 1e-30 }, stageContext({ graphs }))
  const learned = (network: Network) =>
    Object.fromEntries(Object.entries(valuesOf(network)).filter(([name]) => !name.includes('running_')))
  const moved = (a: Network, b: Network) => differing(valuesOf(a), valuesOf(b))
  expect(distance(learned(finished), learned(still.detector))).toBeLessThan(1e-12)
  expect(distance(learned(finished), learned(straight.detector))).toBeGreaterThan(1e-4)
  const bf16 = await fit({ steps: 4 }, stageContext({ graphs, precision: 'bf16' }))
  expect(moved(bf16.detector, straight.detector).length).toBeGreaterThan(60)
})

test.each([
  ['headChannels', { headChannels: 16 }, 'init: headChannels is 8 in that detector and 16 here'],
  ['headNorm', { headNorm: 'group' }, 'headNorm is "none" in that detector and "group" here'],
  ['levels', { anchorFactor: 1 }, 'set anchorFactor as it was when the network was fitted'],
  ['classNames', { globalClasses: 'target' }, 'classNames is ["Lung Opacity","Normal"] in that detector'],
])('a detector of other %s is refused before anything is trained', async (_, given, message) => {
  const ctx = stageContext()
  await expect(fit(given, ctx)).rejects.toMatchObject({
    _tag: 'DetectorError',
    message: expect.stringContaining(message),
  })
  expect(ctx.done).toEqual([])
})

test('a detector without its provenance, and one that has seen a film that is kept for judging, are refused', async () => {
  await expect(fit({}, undefined, { init: finished })).rejects.toThrow('init: wire initProvenance too')
  await expect(fit({}, undefined, { initProvenance: [] })).rejects.toThrow('wire both or neither')
  for (const film of ['film-06', 'film-11'])
    await expect(fit({}, undefined, { init: finished, initProvenance: seen('before', film) })).rejects.toMatchObject({
      _tag: 'LeakageError',
      leaks: [{ film, product: 'before', seenFilm: film }],
    })
})
