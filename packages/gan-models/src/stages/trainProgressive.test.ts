// The loop over a growth: against the same steps taken by hand, interrupted, broken.
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asUnit, toSigned, type SignedPixels } from '@radiograft/geometry'
import { type Params } from '@radiograft/nn'
import { memoryCheckpoints } from '@radiograft/pipeline/testing'
import { rng } from '@radiograft/random'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import { batchOrder, TrainingCancelledError, TrainingDivergedError } from '@radiograft/training'
import * as tf from '@tensorflow/tfjs-core'
import { growthSchedule } from '../progressive/growthSchedule.ts'
import { networksAt } from '../progressive/networksAt.ts'
import { averageOf, grownState, progressiveState } from '../progressive/progressiveState.ts'
import { progressiveKnobs, progressiveStep } from '../progressive/progressiveStep.ts'
import { filmTensor } from './filmTensor.ts'
import { progressiveTurn } from './progressiveTurn.ts'
import { trainProgressive, type TrainedProgressive } from './trainProgressive.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const ids = Array.from({ length: 9 }, (_, i) => `film-${i}`)
const width = { latent: 5, largest: 8, group: 2 }
/** 4² for 3 steps of 4 films, 8² faded in for 4 and stable for 2 */
const schedule = growthSchedule({ to: 8, fadeImages: 16, stableImages: 12, lastImages: 8, batch: () => 4 })
const draw = (id: string, resolution: number): SignedPixels =>
  toSigned(
    asUnit(
      rng(id)
        .fork(resolution)
        .uniforms(resolution ** 2),
    ),
  )
const given = {
  ...width,
  seed: 11,
  schedule,
  learningRate: 1e-2,
  emaDecay: 0.7,
  checkEvery: 2,
  samples: 4,
  compared: 11,
  adversary: { kind: 'wgan-gp' as const },
  compile: { cache: { folder: mkdtempSync(join(tmpdir(), 'radiograft-growth-')), key: 'test' } },
}
afterAll(() => rmSync(given.compile.cache.folder, { recursive: true, force: true }))
const read = (resolution: number) => async (which: ReadonlyArray<string>) => which.map((id) => draw(id, resolution))
const films = { ids, validation: [] as string[], read }
const train = (more: Partial<Parameters<typeof trainProgressive>[1]> = {}, from: Partial<typeof films> = {}) =>
  trainProgressive({ ...films, ...from }, { ...given, ...more })

const numbers = (tensors: Params) =>
  Object.fromEntries(Object.entries(tensors).map(([name, t]) => [name, Array.from(t.dataSync())]))
const outcome = ({ generator, early, milestones, series }: TrainedProgressive) => {
  const { params, ...mark } = early
  const films = Object.fromEntries(milestones.map((one) => [one.label, one.films]))
  const all = { generator: numbers(generator), early: numbers(params), mark, films: numbers(films), series }
  tf.dispose([generator, params, films])
  return all
}

it('takes the steps of the schedule: films, α, Adam’s counts and resets, the average kept over growth, all as by hand', async () => {
  const asked: string[] = []
  const seen = (resolution: number) => async (which: ReadonlyArray<string>) => {
    asked.push(`${resolution}² ${which.length}`)
    return read(resolution)(which)
  }
  const trained = await train({ checkEvery: 1000 }, { read: seen })
  const { label, films } = trained.milestones[1]!
  const made = networksAt(width)({ resolution: 8 })
    .generator.apply(trained.generator, tf.tensor2d(rng(11).fork('samples').normals(20), [4, 5]), { training: false })
    .y.dataSync()
  expect([label, films.shape]).toEqual(['02-8-fading', [4, 8, 8, 1]])
  const { generator, early, mark, films: left, series } = outcome(trained)
  expect(Array.from(made)).toEqual(left['03-8-stable'])
  // the last check reads films too
  expect(asked).toEqual([...Array(3).fill('4² 4'), ...Array(6).fill('8² 4'), '8² 4'])

  // 1 1 1, then 0 ¼ ½ ¾ while fading, 1 1; Adam counts from 1 again at 8² and goes on behind the fade
  const places = [1, 1, 1, 0, 0.25, 0.5, 0.75, 1, 1].map((alpha, i) => ({ alpha, adamStep: i < 3 ? i + 1 : i - 2 }))
  const phases = [4, 4, 4, 8, 8, 8, 8, 8, 8].map((resolution, i) => ({ resolution, fading: i > 2 && i < 7 }))
  const weights = rng(11).fork('weights')
  const stepAt = (i: number) =>
    compileStep(progressiveStep({ ...networksAt(width)(phases[i]!), adversary: given.adversary, seed: 11 }))
  let [state, step] = [progressiveState(networksAt(width)(phases[0]!), weights), stepAt(0)]
  for (const [i, place] of places.entries()) {
    if (i === 3 || i === 7) {
      const networks = networksAt(width)(phases[i]!)
      state = grownState(state, networks, weights, { resetAdam: i === 3 })
      step.dispose()
      step = stepAt(i)
    }
    const [index, inPhase] = i < 3 ? [0, i] : i < 7 ? [1, i - 3] : [2, i - 7]
    const batch = Array.from(batchOrder(`11/reals/${index}`, 9, 4, inPhase), (f) =>
      draw(ids[f]!, phases[i]!.resolution),
    )
    const real = filmTensor(batch, phases[i]!.resolution)
    ;({ state } = step(state, { real }, progressiveKnobs(place, given.learningRate, given.emaDecay)))
    if (i === 0) expect([early, mark]).toEqual([numbers(averageOf(state)), { done: 1, imagesShown: 4, resolution: 4 }])
  }
  step.dispose()
  expect(generator).toEqual(numbers(averageOf(state)))
  expect(series.filter(({ name }) => /alpha|resolution/.test(name)).map(({ value }) => value)).toEqual([
    6.5 / 9,
    60 / 9,
  ])
})

it('interrupted inside a fade, at a growth, at a fade’s end, it ends bit-equal; no tensor is left', async () => {
  const before = tf.memory().numTensors
  const twelve = (name: string) => Array.from({ length: 12 }, (_, i) => `${name}-${i}`)
  const looked = { ids: twelve('film'), validation: twelve('validation') }
  const straight = outcome(await train({}, looked))
  expect(tf.memory().numTensors).toBe(before)
  expect(new Set(straight.series.map(({ name }) => name))).toEqual(
    new Set([
      'alpha',
      'critic',
      'criticGradNorm',
      'fakeScore',
      'gradNorm',
      'loss',
      'penalty',
      'realScore',
      'resolution',
      ...['diversity', 'fakeScore', 'realDiversity', 'realScore', 'separation'].map((name) => `validation.${name}`),
      ...['precision', 'realPrecision', 'realRecall', 'recall'].map((name) => `validation.${name}`),
    ]),
  )
  for (const at of [3, 5, 7]) {
    const [to, controller] = [memoryCheckpoints(), new AbortController()]
    const onStep = (done: number): void => {
      if (done === at) controller.abort()
    }
    const stopped = train({ course: { checkpoints: { to }, signal: controller.signal, onStep } }, looked)
    await expect(stopped).rejects.toBeInstanceOf(TrainingCancelledError)
    expect(tf.memory().numTensors).toBe(before)
    const kept = (await to.latest())!
    const names = new Set(Object.keys(kept.tensors).map((name) => name.replace('state/', '')))
    // the form of the next step: while 8² is faded in there are both heads
    expect([names.has('generator.toFilm.8.weight'), names.has('generator.toFilm.4.weight')]).toEqual([true, at < 7])
    const from: number[] = []
    const course = { checkpoints: { to }, onResume: (step: number) => void from.push(step) }
    const resumed = await train({ course }, looked)
    expect([from, outcome(resumed)]).toEqual([[at], straight])
    expect(tf.memory().numTensors).toBe(before)
  }
})

it('at a growth the average stays apart from the generator, moments go, at the end of the fade they stay', async () => {
  const turn = progressiveTurn(films, { ...given, checkEvery: 1000 })
  const filled = (state: Params): Params =>
    Object.fromEntries(
      Object.entries(state).map(([name, t]) => {
        const value = name.startsWith('average.') ? 0.5 : name.startsWith('adam.') ? 0.25 : undefined
        return [name, value === undefined ? t : tf.fill(t.shape, value)]
      }),
    )
  const first = (state: Params, name: string): number => state[name]!.dataSync()[0]!
  const { state: grown } = await turn.run(filled(turn.form(2)), 3)
  expect(first(grown, 'average.4.conv.weight')).toBe(0.5)
  expect(first(grown, 'average.8.conv0.weight')).toBe(first(grown, 'generator.8.conv0.weight'))
  expect(first(grown, 'adam.critic.v.4.conv.weight')).toBe(0)
  const { state: whole } = await turn.run(filled(turn.form(6)), 7)
  expect(first(whole, 'adam.critic.v.4.conv.weight')).toBe(0.25)
  expect(whole['average.toFilm.4.weight']).toBeUndefined()
})

/** Reals that are not finite in the batches asked for at these turns of the reader. */
const spoiled = (...turns: ReadonlyArray<number>): typeof read => {
  let turn = 0
  return (resolution) => async (which) => {
    turn += 1
    const spoil = turns.includes(turn)
    return which.map((id) => (spoil ? draw(id, resolution).fill(Number.NaN) : draw(id, resolution)))
  }
}

it('numbers that are not finite: back to the last good weights at half the rate, twice; then it is an error', async () => {
  const before = tf.memory().numTensors
  const told: string[] = []
  const onRollback = (step: number, why: string): void => void told.push(`${step}: ${why}`)
  const rare = { checkEvery: 1000, onRollback }
  const trained = outcome(await train(rare, { read: spoiled(2, 5) }))
  expect(told).toEqual(['2: a logged number is not finite', '5: a logged number is not finite'])
  expect(trained.series.filter(({ name }) => name === 'rollback')).toEqual([
    { name: 'rollback', step: 2, value: 0.5 },
    { name: 'rollback', step: 5, value: 0.25 },
  ])
  expect(Object.values(trained.generator).flat().every(Number.isFinite)).toBe(true)
  const third = train(rare, { read: spoiled(2, 5, 6) })
  await expect(third).rejects.toBeInstanceOf(TrainingDivergedError)
  await expect(third).rejects.toMatchObject({ step: 6 })
  expect(tf.memory().numTensors).toBe(before)
})

it('a rollback takes weights, average and moments back, and the rate is half from then on', async () => {
  // broken at its first step it starts again from the drawn weights: as one of half the rate that has not seen the first batch
  const short = growthSchedule({ to: 4, fadeImages: 1, stableImages: 8, batch: () => 4 })
  const to = memoryCheckpoints()
  const last = { checkEvery: 1000, schedule: short, course: { checkpoints: { to, everySteps: 1 } } }
  const { generator } = outcome(await train(last, { read: spoiled(1) }))
  const { tensors } = (await to.latest())!
  expect(tensors['state/step']!.values).toEqual(Int32Array.of(2))
  const networks = networksAt(width)({ resolution: 4 })
  const step = compileStep(progressiveStep({ ...networks, adversary: given.adversary, seed: 11 }))
  const start = progressiveState(networks, rng(11).fork('weights'))
  const batch = Array.from(batchOrder('11/reals/0', 9, 4, 1), (f) => draw(ids[f]!, 4))
  const knobs = progressiveKnobs({ alpha: 1, adamStep: 2 }, given.learningRate / 2, given.emaDecay)
  const { state } = step({ ...start, step: tf.scalar(1, 'int32') }, { real: filmTensor(batch, 4) }, knobs)
  expect(generator).toEqual(numbers(averageOf(state)))
  expect(Array.from(tensors['state/critic.4.conv.weight']!.values)).toEqual(numbers(state)['critic.4.conv.weight'])
  step.dispose()
  tf.dispose([start, state])
})

it('collapse: films that are nearly one where they were various go back; those that never were stay', async () => {
  const told: number[] = []
  const turn = progressiveTurn(films, { ...given, onRollback: (step) => void told.push(step) })
  const flat = (state: Params): Params => {
    const name = 'generator.toFilm.4.weight'
    return { ...state, [name]: tf.zerosLike(state[name]!) }
  }
  const never = await turn.run(flat(turn.form(0)), 2)
  expect(never.values!['diversity']).toBe(0)
  expect([told, never.state['sound']!.dataSync()[0]]).toEqual([[], 0])
  const sound = await turn.run(turn.form(0), 2)
  expect(sound.state['sound']!.dataSync()[0]).toBe(2)
  const back = await turn.run(flat(sound.state), 2)
  expect([told, Array.from(back.state['rollbacks']!.dataSync())]).toEqual([[2], [2, 0]])
  const weight = 'generator.toFilm.4.weight'
  expect(back.state[weight]!.dataSync()).toEqual(sound.state[weight]!.dataSync())
})

it('learns: on films that are dark at the left and bright at the right, the mean film comes near to theirs', async () => {
  const pattern = (resolution: number) => async (which: ReadonlyArray<string>) =>
    which.map((id) =>
      draw(id, resolution).map((v, i) => 0.2 * v + (i % resolution < resolution / 2 ? -0.6 : 0.6)),
    ) as SignedPixels[]
  const held: number[] = []
  const trained = await train(
    {
      course: { onStep: () => void held.push(tf.memory().numTensors) },
      schedule: growthSchedule({ to: 8, fadeImages: 160, stableImages: 320, lastImages: 320, batch: () => 8 }),
      samples: 8,
      emaDecay: 0.9,
      checkEvery: 40,
      largest: 16,
    },
    { read: pattern },
  )
  const wanted = new Float64Array(64).map((_, i) => (i % 8 < 4 ? -0.6 : 0.6))
  const distance = (generator: Params, resolution: number): number => {
    const z = tf.tensor2d(rng('judge').normals(32 * 5), [32, 5])
    const made = networksAt({ ...width, largest: 16 })({ resolution }).generator.apply(generator, z, {
      training: false,
    }).y
    const mean = tf.mean(tf.image.resizeNearestNeighbor(made as tf.Tensor4D, [8, 8]), 0).dataSync()
    return Math.sqrt(wanted.reduce((sum, w, i) => sum + (w - mean[i]!) ** 2, 0) / 64)
  }
  const [early, late] = [distance(trained.early.params, 4), distance(trained.generator, 8)]
  expect([early > 0.4, late < 0.25 * early]).toEqual([true, true])
  const values = (name: string) => trained.series.filter((row) => row.name === name).map(({ value }) => value)
  expect(values('validation.separation').every((share) => share >= 0 && share <= 1)).toBe(true)
  expect(values('rollback')).toEqual([])
  // 40, 20 and 40 steps: in each phase as many tensors at its second step as before its last, but for a batch made ahead
  for (const [from, to] of [
    [1, 39],
    [41, 59],
    [61, 99],
  ])
    expect(Math.abs(held[from!]! - held[to! - 1]!)).toBeLessThanOrEqual(1)
})
