// The search of latents at points where the answer is known, against torch, and what it refuses.
import { beforeAll, describe, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import fixture from '../fixtures/latent.json' with { type: 'json' }
import { D, gap, linear, logistic, numbers, PIXELS } from '../testing/linearSearch.ts'
import { bestOfRandom } from './bestOfRandom.ts'
import type { ClassScore, FrozenGenerator } from './FrozenGenerator.ts'
import { guardRails, type Judge } from './guardRails.ts'
import { onSphere } from './onSphere.ts'
import { optimiseLatent } from './optimiseLatent.ts'
import { paramsDigest } from './paramsDigest.ts'

beforeAll(() => loadRuntime({ threads: 1 }))

/** z* = √d · Gᵀw / ‖Gᵀw‖ */
const best = (G: Float32Array, w: Float32Array): Float64Array =>
  onSphere(Array.from({ length: D }, (_, i) => w.reduce((sum, v, p) => sum + v * G[i * PIXELS + p]!, 0)))

describe('a linear generator and a logistic classifier', () => {
  const weights = numbers('G', D * PIXELS)
  const w = numbers('w', PIXELS).map((v) => 0.1 * v)
  const top = best(weights, w)
  let generator: FrozenGenerator
  beforeAll(() => {
    generator = linear(tf.tensor2d(weights, [D, PIXELS]))
  })

  it.each([false, true])('reaches z* within 1e-4 from anywhere, of %p probability', async (probability) => {
    const score = logistic(w, 0.3, probability)
    const almostOpposite = top.map((v, i) => -v + (i === 0 ? 0.01 : 0))
    for (const start of [...[1, 2, 3].map((s) => numbers(`start ${s}`, D)), almostOpposite]) {
      const { path, converged, calls } = await optimiseLatent({ generator, score, start })
      expect(converged).toBe(true)
      expect(gap(path.at(-1)!.z, top)).toBeLessThan(1e-4)
      expect(calls).toBeLessThan(40)
    }
  })

  it('every point lies on the sphere and is higher than the one before; calls are what the classifier saw', async () => {
    let seen = 0
    const plain = logistic(w, 0)
    const score: ClassScore = (films) => {
      seen += films.shape[0]
      return plain(films)
    }
    const start = numbers('start 1', D)
    const { path, calls, scores, converged } = await optimiseLatent({ generator, score, start }, { calls: 7 })
    expect([calls, seen, scores.length, converged]).toEqual([7, 7, 7, false])
    expect(gap(path[0]!.z, onSphere(start))).toBeLessThan(1e-6)
    path.forEach(({ z, score: reached, call }, i) => {
      expect(Math.sqrt(z.reduce((sum, v) => sum + v * v, 0))).toBeCloseTo(Math.sqrt(D), 5)
      expect(scores[call - 1]).toBe(reached)
      if (i > 0) expect(reached).toBeGreaterThan(path[i - 1]!.score)
    })
    expect(path.length).toBeGreaterThan(4)
  })

  it('a generator that divides z by its length, as PGGAN does, has the same top, and its score there is √d · ‖Gᵀw‖', async () => {
    const normalising: FrozenGenerator = {
      ...generator,
      generate: (z) => generator.generate(tf.div(z, tf.sqrt(tf.mean(tf.square(z), 1, true)))),
    }
    const { path } = await optimiseLatent({
      generator: normalising,
      score: logistic(w, 0),
      start: numbers('start 1', D),
    })
    expect(gap(path.at(-1)!.z, top)).toBeLessThan(1e-4)
    const byLatent = Array.from({ length: D }, (_, i) => w.reduce((sum, v, p) => sum + v * weights[i * PIXELS + p]!, 0))
    expect(path.at(-1)!.score).toBeCloseTo(Math.sqrt(D) * Math.hypot(...byLatent), 5)
  })

  it('steps are no longer than the longest', async () => {
    const { path } = await optimiseLatent(
      { generator, score: logistic(w, 0), start: numbers('start 2', D) },
      { longestStep: 0.1 },
    )
    const angles = path
      .slice(1)
      .map(({ z }, i) => Math.acos(Math.min(1, z.reduce((sum, v, k) => sum + v * path[i]!.z[k]!, 0) / D)))
    expect(Math.max(...angles)).toBeLessThan(0.101)
    expect(Math.max(...angles)).toBeGreaterThan(0.09)
  })

  it('by hand: two dimensions, one radian from the top; the slope at φ is sin φ', async () => {
    // a quarter of 1.2 first: φ = .7. Then .3 · sin .7/(sin 1 − sin .7) = .97978, to −.27978, on the other side; then
    // .97978 · sin .27978/(sin .7 + sin .27978) = .29397
    const plane: FrozenGenerator = { params: {}, generate: (z) => z }
    const score: ClassScore = (films) => tf.div(tf.slice(films, [0, 0], [-1, 1]), Math.SQRT2)
    const start = [Math.cos(1), Math.sin(1)]
    const { path } = await optimiseLatent({ generator: plane, score, start }, { calls: 4, longestStep: 1.2 })
    const angles = path.map(({ z }) => Math.atan2(z[1]!, z[0]!))
    expect(gap(angles, [1, 0.7, -0.27978, 0.01419])).toBeLessThan(1e-4)
  })

  it('at the top there is nowhere to go; with one call there is the start', async () => {
    const score = logistic(w, 0)
    const { path } = await optimiseLatent({ generator, score, start: top })
    expect(gap(path.at(-1)!.z, top)).toBeLessThan(1e-5)
    const one = await optimiseLatent({ generator, score, start: numbers('start 1', D) }, { calls: 1 })
    expect(one).toMatchObject({ calls: 1, converged: false })
    expect(one.path).toHaveLength(1)
  })

  it('beats the best of random latents at equal calls, never the optimum', async () => {
    const score = logistic(w, 0)
    const { calls, path } = await optimiseLatent({ generator, score, start: numbers('start 3', D) })
    const random = await bestOfRandom({ generator, score, size: D, calls }, rng('random'))
    expect(random.calls).toBe(calls)
    expect(random.scores).toHaveLength(calls)
    expect(random.score).toBe(Math.max(...random.scores))
    expect(path.at(-1)!.score).toBeGreaterThan(random.score)
    const again = await bestOfRandom({ generator, score, size: D, calls: 1 }, { ...rng(0), normals: () => random.z })
    expect(again.score).toBeCloseTo(random.score, 5)
    expect(Math.sqrt(random.z.reduce((sum, v) => sum + v * v, 0))).toBeCloseTo(Math.sqrt(D), 5)
  })

  it('random latents depend on the seed, not on the batch', async () => {
    const problem = { generator, score: logistic(w, 0), size: D, calls: 21 }
    const [a, b, c] = [
      await bestOfRandom(problem, rng('seed'), { batch: 4 }),
      await bestOfRandom(problem, rng('seed'), { batch: 50 }),
      await bestOfRandom(problem, rng('other'), { batch: 4 }),
    ]
    expect(a.z).toEqual(b.z)
    expect(gap(a.scores, b.scores)).toBeLessThan(1e-5)
    expect(c.z).not.toEqual(a.z)
  })

  it('holds no tensors', async () => {
    const judge: Judge = { classes: ['a'], scores: logistic(w, 0) }
    const work = async () => {
      const score = logistic(w, 0)
      const { path } = await optimiseLatent({ generator, score, start: numbers('start 1', D) }, { calls: 5 })
      const { z } = await bestOfRandom({ generator, score, size: D, calls: 5 }, rng(1))
      await guardRails({ generator, judge, target: 'a', start: z, end: path[0]!.z, distance: () => 0 })
    }
    const before = tf.memory().numTensors
    await work()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('refusals', async () => {
    const score = logistic(w, 0)
    const start = numbers('start 1', D)
    const search = (problem: object) => optimiseLatent({ generator, score, start, ...problem })
    await expect(async () => search({ start: new Float32Array(D) })).rejects.toThrow(/has length 0/)
    await expect(search({ score: (films: tf.Tensor) => films })).rejects.toThrow(/gives 16 numbers for one film/)
    await expect(search({ score: (films: tf.Tensor) => tf.div(score(films), 0) })).rejects.toThrow(
      /not finite: score logits/,
    )
    await expect(async () => optimiseLatent({ generator, score, start }, { calls: 0 })).rejects.toThrow(
      /calls: must be 1/,
    )
    await expect(async () => optimiseLatent({ generator, score, start }, { longestStep: 2 })).rejects.toThrow(
      /longestStep/,
    )
    await expect(bestOfRandom({ generator, score: (films) => films, size: D, calls: 3 }, rng(1))).rejects.toThrow(
      /each of 3 films/,
    )
    await expect(async () => bestOfRandom({ generator, score, size: D, calls: 0 }, rng(1))).rejects.toMatchObject({
      _tag: 'GanModelsError',
      subject: 'calls',
    })
  })
})

describe('the generator stays as it is', () => {
  it('a digest tells values, shapes and types, and nothing else', async () => {
    const of = async (tensor: tf.Tensor) => (await paramsDigest({ w: tensor }))['w']
    const one = await of(tf.tensor1d([1, 2, 3, 4]))
    expect(one).toMatch(/^[0-9a-f]{64}$/)
    expect(await of(tf.tensor1d([1, 2, 3, 4]))).toBe(one)
    for (const other of [
      tf.tensor1d([1, 2, 3, 5]),
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
      tf.tensor1d([1, 2, 3, 4], 'int32'),
    ])
      expect(await of(other)).not.toBe(one)
    expect(await of(tf.tensor1d([0]))).not.toBe(await of(tf.tensor1d([-0]))) // bytes, not values
  })

  it('a generator whose running statistics move is refused by name', async () => {
    const weight = tf.tensor2d(numbers('G', D * PIXELS), [D, PIXELS])
    const params: Record<string, tf.Tensor> = { weight, 'norm.running_mean': tf.zeros([1]) }
    const moving: FrozenGenerator = {
      params,
      generate: (z) => {
        params['norm.running_mean'] = tf.keep(tf.tensor1d([0.1]))
        return linear(weight).generate(z)
      },
    }
    const problem = { generator: moving, score: logistic(numbers('w', PIXELS), 0) }
    await expect(optimiseLatent({ ...problem, start: numbers('start 1', D) }, { calls: 2 })).rejects.toThrow(
      /generator: the search changed norm.running_mean: give functions that only read/,
    )
    params['norm.running_mean'] = tf.zeros([1])
    await expect(bestOfRandom({ ...problem, size: D, calls: 2 }, rng(1))).rejects.toThrow(/changed norm.running_mean/)
  })
})

it('torch: scores, and the top of a hill that is not linear (tools/oracles/ganmodels_latent.py)', async () => {
  const w = Object.fromEntries(
    Object.entries(fixture.weights).map(([name, { shape, values }]) => [name, tf.tensor(values, shape)]),
  )
  const generator: FrozenGenerator = {
    params: w,
    generate: (z) => tf.tanh(tf.matMul(tf.tanh(tf.matMul(z, w['g1']!)), w['g2']!)),
  }
  const score: ClassScore = (films) => tf.matMul(tf.tanh(tf.matMul(films, w['c1']!)), w['c2']!)
  for (const { start, top } of fixture.climbs) {
    const { path, converged } = await optimiseLatent({ generator, score, start: start.z }, { calls: 300 })
    expect(path[0]!.score).toBeCloseTo(start.score, 5)
    expect(converged).toBe(true)
    expect(path.at(-1)!.score).toBeCloseTo(top.score, 5)
    expect(gap(path.at(-1)!.z, top.z)).toBeLessThan(1e-3)
  }
})
