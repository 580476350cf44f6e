// `fit-dcgan` on small films in memory: what it trains on and gives back, that it learns, stopped and started again, and what
// it refuses.
import { beforeAll, expect, test } from '@jest/globals'
import { fromNetworkTensors } from '@radiograft/nn'
import { assertUnseen, type Network } from '@radiograft/pipeline'
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
import * as tf from '@tensorflow/tfjs-core'
import { latentGenerator } from '../latentGenerator.ts'
import { run } from './fitDcgan.run.ts'
import { fitDcgan } from './fitDcgan.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const SIDE = 24 // of the films; the networks see 16
const ids = filmIds(16)
const who = cohortTables(ids, { partOf: (i) => (i < 12 ? 'train' : i < 14 ? 'validation' : 'test') })
/** A bright disc on the left, of a size of its own, on black with some noise. */
const drawn = (side = SIDE) =>
  filmsInMemory(ids, side, (id) => {
    const radius = side * (0.2 + 0.15 * rng(`${id} radius`).uniforms(1)[0]!)
    return rng(id)
      .uniforms(side * side)
      .map((v, i) => {
        const [x, y] = [i % side, Math.floor(i / side)]
        const disc = (x - 0.35 * side) ** 2 + (y - 0.5 * side) ** 2 < radius ** 2
        return 0.1 * v + (disc ? 0.8 : 0)
      })
  })
const tiny = { size: 16, width: 16, latent: 8, batch: 6 }
const fit = (given: object, ctx = stageContext(), films = drawn()) =>
  run({
    params: defaultsOf(fitDcgan, { ...tiny, ...given }),
    inputs: { films, split: who.split, cohort: who.cohort },
    ctx,
  })

/** Films of the stored generator, [n, 16, 16] in [−1, 1]. */
const samples = ({ config, tensors }: Network, n: number): Float32Array =>
  tf.tidy(() => {
    const { films, latent } = latentGenerator(config)
    const z = rng('latents')
      .uniforms(n * latent)
      .map((u) => 2 * u - 1)
    return films(fromNetworkTensors(tensors), tf.tensor2d(z, [n, latent])).dataSync() as Float32Array
  })
const meanFilm = (films: ArrayLike<number>, n: number): number[] =>
  Array.from({ length: 256 }, (_, i) => {
    let sum = 0
    for (let f = 0; f < n; f++) sum += films[f * 256 + i]!
    return sum / n
  })

test('trains on training films alone, by its seed, and gives back generator, curves, provenance and all tensors', async () => {
  const films = drawn()
  const before = tf.memory().numTensors
  const ctx = stageContext()
  const { generator, curves, provenance } = await fit({ images: 50 }, ctx, films)
  expect(tf.memory().numTensors).toBe(before)
  expect([...films.seen].toSorted()).toEqual(ids.slice(0, 12))
  expect(ctx.done).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]) // 50 films in whole batches of 6
  expect(ctx.logs.join()).toContain('12 training films, 9 updates of each network, 54 real films shown')
  expect(JSON.parse(JSON.stringify(generator.config))).toEqual({
    architecture: 'dcgan-generator',
    prior: 'uniform',
    size: 16,
    latent: 8,
    width: 16,
  })
  expect(Object.keys(generator.tensors).filter((name) => name.includes('running_'))).toHaveLength(4)
  expect([...new Set(curves.map(({ name }) => name))]).toEqual(
    ['discriminator', 'discriminatorGradNorm', 'fakeScore', 'gradNorm', 'loss', 'realScore'].toSorted(),
  )
  expect(provenance).toEqual(
    ids
      .slice(0, 12)
      .map((film) => ({ product: 'dcgan-generator', film, patient: `patient of ${film}`, role: 'training' })),
  )
  expect(() => assertUnseen([provenance], who.split.slice(12))).not.toThrow()
  const other = await fit({ images: 6 }, stageContext({ seed: 6 }))
  expect(other.generator.tensors['project.weight']).not.toEqual(generator.tensors['project.weight'])
  const made = samples(generator, 3)
  expect(made.length).toBe(3 * 256)
  expect(Math.max(...made.map(Math.abs))).toBeLessThanOrEqual(1)
}, 60_000)

test('the mean of generated films comes near that of the films', async () => {
  const films = drawn(16)
  const rows = await films.rows(ids.slice(0, 12).map((_, i) => i))
  const wanted = meanFilm(
    rows.flatMap((row) => Array.from(row, (v) => 2 * v - 1)),
    12,
  )
  const distance = (found: ReadonlyArray<number>): number =>
    Math.sqrt(found.reduce((sum, v, i) => sum + (v - wanted[i]!) ** 2, 0) / 256)
  const given = { loss: 'non-saturating', images: 6 * 100, learningRate: 2e-3 }
  const { generator } = await fit(given, stageContext(), films)
  const grey = distance(Array<number>(256).fill(0)) // what an untrained generator makes
  expect(grey).toBeGreaterThan(0.7)
  expect(distance(meanFilm(samples(generator, 64), 64))).toBeLessThan(0.5 * grey) // measured .14, and .08 to .15 later on
}, 60_000)

test('stopped and started again, it goes on at the step it had reached, and ends as the straight one', async () => {
  const given = { images: 6 * 12, augment: true, augmentImages: 200 }
  const straight = await fit(given)
  const checkpoints = memoryCheckpoints()
  const controller = new AbortController()
  const stop = (done: number): void => {
    if (done === 6) controller.abort(new Error('stopped by hand')) // in the middle of four steps of the controller
  }
  const first = stageContext({ checkpoints, signal: controller.signal, progress: stop })
  await expect(fit(given, first)).rejects.toMatchObject({ _tag: 'TrainingCancelledError' })
  const second = stageContext({ checkpoints })
  const resumed = await fit(given, second)
  expect(second.done).toEqual([6, 7, 8, 9, 10, 11, 12])
  expect(resumed.generator).toEqual(straight.generator)
  expect(resumed.curves).toEqual(straight.curves)
  const curve = (name: string) => resumed.curves.filter((row) => row.name === name).map(({ value }) => value)
  expect(curve('augment').at(-1)).toBeGreaterThan(0) // the controller has moved
  expect(curve('overfitting')).toHaveLength(1)
}, 60_000)

test.each([
  ['films smaller than the networks’', { size: 32 }, 'films: 24 × 24 pixels are fewer than the 32 × 32'],
  [
    'fewer training films than a batch',
    { batch: 13 },
    'films: 12 of 16 are in the training part, fewer than a batch of 13',
  ],
])('%s: an error that says how to recover, before anything is trained', async (_, given, message) => {
  const ctx = stageContext()
  const films = drawn()
  await expect(fit({ ...given, images: 6 }, ctx, films)).rejects.toMatchObject({
    _tag: 'GanModelsError',
    message: expect.stringContaining(message),
  })
  expect([ctx.done, [...films.seen]]).toEqual([[], []])
})

test('sizes that are no power of two are refused when the stage is planned; defaults are the paper’s where they can be', () => {
  expect(() => defaultsOf(fitDcgan, { size: 48 })).toThrow('16')
  expect(() => defaultsOf(fitDcgan, { batch: 1 })).toThrow('2')
  expect(defaultsOf(fitDcgan)).toEqual({
    size: 64,
    width: 128,
    latent: 128,
    batch: 16,
    images: 40_000,
    learningRate: 2e-4,
    loss: 'printed',
    augment: false,
    augmentImages: 500_000,
    replica: 0,
  })
})
