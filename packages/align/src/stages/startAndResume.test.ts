// Fits that do not begin at nothing: one that was stopped and goes on, one that starts from a finished aligner.
import { beforeAll, expect, jest, test } from '@jest/globals'
import { identityTheta } from '@radiograft/geometry'
import { toNetworkTensors } from '@radiograft/nn'
import type { Network, ProvenanceRow } from '@radiograft/pipeline'
import {
  cohortTables,
  defaultsOf,
  filmIds,
  filmsInMemory,
  memoryCheckpoints,
  stageContext,
} from '@radiograft/pipeline/testing'
import { formulaParams } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { differing, distance } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import { randomPose } from '../randomPose.ts'
import { blobFilm } from '../testing/blobFilm.ts'
import { blankParams } from '../testing/constantAligner.ts'
import { fitAligner } from './fitAligner.ts'
import { run } from './fitAligner.run.ts'

jest.setTimeout(200_000) // a busy machine is no failure

const SIZE = 32
const ids = filmIds(12)
const { cohort, split } = cohortTables(ids, { partOf: (i) => (i < 6 ? 'train' : i < 9 ? 'validation' : 'test') })
const films = filmsInMemory(ids, SIZE, (id) => blobFilm(SIZE, id === ids[0] ? identityTheta : randomPose(rng(id))))
const seen = (product: string, ...of: ReadonlyArray<string>): ProvenanceRow[] =>
  of.map((film) => ({ product, film, patient: `patient of ${film}`, role: 'training' }))

let finished: Network
beforeAll(async () => {
  await loadRuntime({ threads: 2 })
  const params = formulaParams(blankParams(SIZE))
  const config = { architecture: 'stn-resnet18', size: SIZE, reference: 'another film' }
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
    initProvenance: seen('aligner', 'film-00', 'another film'),
  },
) =>
  run({
    params: defaultsOf(fitAligner, { size: SIZE, batch: 2, ...given }),
    inputs: { films, cohort, split, init: start.init, initProvenance: start.initProvenance },
    ctx,
  })

test('from a finished aligner; stopped, it goes on and ends as the straight one; bf16 is heard', async () => {
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
  expect(differing(valuesOf(resumed.aligner), valuesOf(straight.aligner))).toEqual([])
  expect(resumed.curves).toEqual(straight.curves)
  expect(straight.provenance).toHaveLength(7) // six training films, one of them seen before, and the other one
  expect(straight.provenance).toContainEqual(seen('aligner', 'another film')[0])

  // at a rate at which nothing moves, the fit ends where it started
  const still = await fit({ steps: 4, learningRate: 1e-30 }, stageContext({ graphs }))
  const learned = (network: Network) =>
    Object.fromEntries(Object.entries(valuesOf(network)).filter(([name]) => !name.includes('running_')))
  const moved = (a: Network, b: Network) => differing(valuesOf(a), valuesOf(b))
  expect(distance(learned(finished), learned(still.aligner))).toBeLessThan(1e-12)
  expect(distance(learned(finished), learned(straight.aligner))).toBeGreaterThan(1e-4)
  const bf16 = await fit({ steps: 4 }, stageContext({ graphs, precision: 'bf16' }))
  expect(moved(bf16.aligner, straight.aligner).length).toBeGreaterThan(60)
})

test('an aligner of another size, without its provenance, or that has seen films kept for judging, is refused', async () => {
  const ctx = stageContext()
  await expect(fit({ size: 64 }, ctx)).rejects.toMatchObject({
    _tag: 'AlignError',
    message: 'init: size is 32 in that aligner and 64 here: set size to 32, or leave init unwired',
  })
  expect(ctx.done).toEqual([])
  await expect(fit({}, undefined, { init: finished })).rejects.toThrow('init: wire initProvenance too')
  await expect(fit({}, undefined, { initProvenance: [] })).rejects.toThrow('wire both or neither')
  for (const film of ['film-06', 'film-11'])
    await expect(fit({}, undefined, { init: finished, initProvenance: seen('before', film) })).rejects.toMatchObject({
      _tag: 'LeakageError',
      leaks: [{ film, product: 'before', seenFilm: film }],
    })
})
