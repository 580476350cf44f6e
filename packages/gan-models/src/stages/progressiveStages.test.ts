// `fit-progressive` and `sample-films` end to end on small films in memory, and what they refuse.
import { beforeAll, expect, test } from '@jest/globals'
import { fromNetworkTensors } from '@radiograft/nn'
import type { FilmsOut, Network } from '@radiograft/pipeline'
import {
  cohortTables,
  collectFilms,
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
import { growthShare } from '../progressive/growthSeconds.ts'
import { networksAt } from '../progressive/networksAt.ts'
import { run as runFit } from './fitProgressive.run.ts'
import { fitProgressive, sampleFilms } from './index.ts'
import { scheduleOf } from './scheduleOf.ts'
import { run as runSample } from './sampleFilms.run.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const ids = filmIds(12)
const who = cohortTables(ids, { partOf: (i) => (i % 4 === 3 ? 'test' : 'train') })
const films = (side = 12) => filmsInMemory(ids, side, (id) => rng(id).uniforms(side * side))
const tiny = { size: 8, latent: 5, largest: 8, batch: 4, fadeImages: 16, stableImages: 12, lastImages: 16 }
const fit = (given: object = {}, ctx = stageContext(), from = films()) =>
  runFit({ params: defaultsOf(fitProgressive, { ...tiny, ...given }), inputs: { films: from, ...who }, ctx })
const list = async (out: FilmsOut) => (await collectFilms(out)).map(({ id, pixels }) => [id, ...pixels] as const)

test('fits on training films alone, of all classes, and stores what a later stage needs', async () => {
  const before = tf.memory().numTensors
  const [from, ctx] = [films(), stageContext()]
  const { generator, early, milestones, curves, provenance } = await fit({}, ctx, from)
  expect(tf.memory().numTensors).toBe(before)
  const training = ids.filter((_, i) => i % 4 !== 3)
  expect([...from.seen].toSorted()).toEqual(training)
  expect(provenance.map((row) => [row.product, row.film, row.role])).toEqual(
    training.map((film) => ['progressive-generator', film, 'training']),
  )
  expect(generator.config).toEqual({
    architecture: 'progressive-generator',
    prior: 'sphere',
    size: 8,
    latent: 5,
    largest: 8,
  })
  expect(early.config).toEqual({ ...generator.config, size: 4, imagesShown: 4 })
  expect(ctx.done).toEqual(Array.from({ length: 11 }, (_, i) => i + 1))
  expect(ctx.logs).toContain('9 training films, 11 steps in 3 phases')
  expect(curves.find(({ name }) => name === 'validation.diversity')!.step).toBe(11)

  const shown = await collectFilms(milestones)
  const labels = ['01-4-stable', '02-8-fading', '03-8-stable']
  expect(shown.map(({ id }) => id)).toEqual(
    labels.flatMap((label) => Array.from({ length: 16 }, (_, i) => `${label}/${String(i).padStart(2, '0')}`)),
  )
  // 4² by nearest: boxes of 2×2 are one value, at 8² they are not
  const boxes = (pixels: Float32Array): boolean =>
    pixels.every((v, i) => v === pixels[Math.floor(i / 16) * 16 + Math.floor((i % 8) / 2) * 2])
  expect([boxes(shown[0]!.pixels), boxes(shown[40]!.pixels)]).toEqual([true, false])
  expect(shown.every(({ pixels }) => pixels.length === 64 && pixels.every((v) => v >= 0 && v <= 1))).toBe(true)
  for (const network of [generator, early]) {
    const params = fromNetworkTensors(network.tensors)
    const { shape } = tf.tidy(() => latentGenerator(network.config).films(params, tf.ones([1, 5])))
    expect(shape).toEqual([1, network === early ? 4 : 8, network === early ? 4 : 8, 1])
    tf.dispose(params)
  }
}, 120_000)

test('precision and recall at checks, by validation films, which are not trained on; films that are held out are not read', async () => {
  const many = filmIds(44)
  const split = cohortTables(many, { partOf: (i) => (i < 16 ? 'train' : i < 28 ? 'validation' : 'test') })
  const from = filmsInMemory(many, 12, (id) => rng(id).uniforms(144))
  const fitted = (given: object, ctx: ReturnType<typeof stageContext>) =>
    runFit({ params: defaultsOf(fitProgressive, { ...tiny, ...given }), inputs: { films: from, ...split }, ctx })
  const ctx = stageContext()
  const { generator, curves, provenance } = await fitted({}, ctx)
  expect(ctx.logs.join()).toContain(
    'of 12 generated films against as many of 12 validation films, by pixels averaged to 8²',
  )
  expect([...from.seen].toSorted()).toEqual(many.slice(0, 28))
  expect(provenance.map((row) => row.film)).toEqual(many.slice(0, 16))
  const last = (name: string) => curves.find((row) => row.name === `validation.${name}` && row.step === 11)!.value
  // noise of one law: some real films lie among real ones, none among what eleven steps have made
  expect(last('realRecall')).toBeGreaterThan(0)
  for (const name of ['realRecall', 'recall']) expect(last(name) * 12).toBeCloseTo(Math.round(last(name) * 12), 9)
  // looking changes nothing
  const without = stageContext()
  const blind = await fitted({ checkFilms: 0 }, without)
  expect(blind.generator).toEqual(generator)
  expect(blind.curves.some(({ name }) => name === 'validation.recall')).toBe(false)
  const few = stageContext()
  await fitted({ checkFilms: 9 }, few)
  expect(few.logs).toContain(
    'checks: no precision and recall, which take ten films of each: there are 16 training and 12 validation films, and checkFilms is 9',
  )
}, 120_000)

test('stopped at a growth and started again it ends as the straight one', async () => {
  const straight = await fit()
  const [checkpoints, controller] = [memoryCheckpoints(), new AbortController()]
  const progress = (done: number): void => {
    if (done === 3) controller.abort()
  }
  const first = fit({}, stageContext({ checkpoints, signal: controller.signal, progress }))
  await expect(first).rejects.toMatchObject({ _tag: 'TrainingCancelledError' })
  const told: Array<readonly [number, string | undefined, number | undefined]> = []
  const second = stageContext({ checkpoints, progress: (done, _, note, share) => void told.push([done, note, share]) })
  const resumed = await fit({}, second)
  // from the step that it goes on after: where it is, and which share of its work is done
  expect(told.map(([done]) => done)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(told.map(([, note]) => note)).toEqual([
    ...Array(1).fill('4²'),
    ...Array(4).fill('8², fading in'),
    ...Array(4).fill('8²'),
  ])
  const share = growthShare(scheduleOf(defaultsOf(fitProgressive, tiny)), 8)
  expect(told.map(([, , of]) => of)).toEqual(told.map(([done]) => share(done)))
  expect(second.logs).toContain('goes on after step 3 of 11, from a checkpoint')
  expect(resumed).toEqual(straight)
}, 120_000)

test.each([
  ['size of no power of two', { size: 12 }, 'to: 12 is no power of two from 4'],
  ['films that are too small', { size: 16 }, 'are 12 × 12 pixels and would be enlarged to 16²: set size to 8 or less'],
  [
    'fewer films than a batch',
    { batch: 12 },
    '9 of 12 are in the training part, fewer than a batch of 12: set batch to 8',
  ],
  ['fewer films than a group', { batch: 16, group: 16 }, 'set group to 9 or less and batch to a multiple of it'],
  ['groups that do not divide', { batch: 6 }, '4 films a group do not divide the batch of 6 at 4²: set batch to 8'],
  ['a preset’s groups', { schedule: 'reference-v1', group: 5 }, 'do not divide the batch of 16'],
])('%s: refused before anything is computed, with a way out', async (_, given, message) => {
  const ctx = stageContext()
  const from = films()
  await expect(async () => fit(given, ctx, from)).rejects.toMatchObject({
    _tag: 'GanModelsError',
    message: expect.stringContaining(message),
  })
  expect([ctx.done.length, from.seen.size]).toEqual([0, 0])
})

test('the defaults: loss, rate, average, groups and schedule as the rows say', () => {
  const { adversary, learningRate, emaDecay, group, size, largest } = defaultsOf(fitProgressive)
  expect({ adversary, learningRate, emaDecay, group, size, largest }).toEqual({
    adversary: 'wgan-gp',
    learningRate: 1e-3,
    emaDecay: 0.999,
    group: 4,
    size: 64,
    largest: 64,
  })
})

/** A generator as it was drawn. */
const drawn = (): Network => {
  const config = { architecture: 'progressive-generator', size: 8, latent: 5, largest: 8 }
  const generator = networksAt({ latent: 5, largest: 8, group: 4 })({ resolution: 8 }).generator
  const params = tf.tidy(() => generator.init(rng('weights'), [5]))
  const tensors = Object.fromEntries(
    Object.entries(params).map(([name, t]) => [name, { shape: t.shape, data: Float32Array.from(t.dataSync()) }]),
  )
  tf.dispose(params)
  return { config, tensors }
}
const sample = (given: object = {}, ctx = stageContext()) =>
  runSample({ params: defaultsOf(sampleFilms, given), inputs: { generator: drawn() }, ctx })

test('samples are the generator applied to the stored latents, by hand; more films leave the first as they are', async () => {
  const before = tf.memory().numTensors
  const generator = drawn()
  const out = await sample({ films: 11 })
  const made = await list(out.films)
  expect(made.map(([id]) => id)).toEqual(
    Array.from({ length: 11 }, (_, i) => `generated-${String(i + 1).padStart(5, '0')}`),
  )
  const { shape, data } = out.latents.tensors['latents']!
  expect(shape).toEqual([11, 5])
  const params = fromNetworkTensors(generator.tensors)
  const by = tf.tidy(() =>
    latentGenerator(generator.config)
      .films(params, tf.tensor2d(data, [11, 5]))
      .dataSync(),
  )
  made.forEach(([, ...pixels], f) =>
    pixels.forEach((v, i) => expect(v).toBeCloseTo(Math.min(1, Math.max(0, (by[f * 64 + i]! + 1) / 2)), 5)),
  )
  expect(await list((await sample({ films: 3 })).films)).toEqual(made.slice(0, 3))
  expect(await list((await sample({ films: 3 }, stageContext({ seed: 6 }))).films)).not.toEqual(made.slice(0, 3))
  tf.dispose(params)
  expect(tf.memory().numTensors).toBe(before)
})

test('sizes: pixels repeated, areas averaged, else refused; steps between latents', async () => {
  const [[, ...own]] = (await list((await sample({ films: 1 })).films)) as [readonly [string, ...number[]]]
  const [[, ...large]] = (await list((await sample({ films: 1, size: 24 })).films)) as [readonly [string, ...number[]]]
  large.forEach((v, i) => expect(v).toBe(own[Math.floor(i / 72) * 8 + Math.floor((i % 24) / 3)]))
  const small = (await sample({ films: 1, size: 4 })).films
  expect([small.height, small.width, small.storage]).toEqual([4, 4, 'uint16'])
  const [[, first]] = (await list(small)) as [readonly [string, ...number[]]]
  expect(first).toBeCloseTo((own[0]! + own[1]! + own[8]! + own[9]!) / 4, 6)
  await expect(async () => sample({ size: 20 })).rejects.toThrow(
    'size: 20 is no multiple of the generator’s 8: take 24',
  )
  const way = await sample({ films: 3, steps: 4 })
  expect([way.latents.tensors['latents']!.shape, (await list(way.films)).length]).toEqual([[9, 5], 9])
})

test('another kind of network is refused', async () => {
  const generator = { config: { architecture: 'patchgan' }, tensors: {} }
  const job = { params: defaultsOf(sampleFilms), inputs: { generator }, ctx: stageContext() }
  await expect(async () => runSample(job)).rejects.toThrow('makes no films from latents')
})
