// The search of latents of a uniform prior, at points where the answer is known, and of a DCGAN.
import { beforeAll, describe, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { latentGenerator } from '../latentGenerator.ts'
import { DCGAN_LATENT, dcganFormula, smallDcgan } from '../testing/dcganFormula.ts'
import { D, gap, linear, logistic, numbers, PIXELS } from '../testing/linearSearch.ts'
import { bestOfRandom } from './bestOfRandom.ts'
import { drawLatent } from './drawLatent.ts'
import { frozenGenerator, type ClassScore, type FrozenGenerator } from './FrozenGenerator.ts'
import { onSphere } from './onSphere.ts'
import { optimiseLatent } from './optimiseLatent.ts'

beforeAll(() => loadRuntime({ threads: 1 }))

describe('a uniform prior: the search stays in the cube', () => {
  const weights = numbers('G', D * PIXELS)
  const w = numbers('w', PIXELS).map((v) => 0.1 * v)
  /** Gᵀw */
  const byLatent = Array.from({ length: D }, (_, i) => w.reduce((sum, v, p) => sum + v * weights[i * PIXELS + p]!, 0))
  const corner = byLatent.map(Math.sign)
  let generator: FrozenGenerator
  beforeAll(() => {
    generator = { ...linear(tf.tensor2d(weights, [D, PIXELS])), prior: 'uniform' }
  })
  const within = (name: string) =>
    rng('cube test')
      .fork(name)
      .uniforms(D)
      .map((u) => 2 * u - 1)
  /** films are the latents themselves */
  const plain: FrozenGenerator = { params: {}, prior: 'uniform', generate: (z) => z }

  it.each([false, true])(
    'a linear generator and a logistic classifier, of %p probability: the corner sign(Gᵀw)',
    async (probability) => {
      for (const start of [within('1'), within('2'), corner.map((v) => -v), new Float64Array(D)]) {
        const { path, converged, calls } = await optimiseLatent({
          generator,
          score: logistic(w, 0.3, probability),
          start,
        })
        expect(Array.from(path.at(-1)!.z)).toEqual(corner)
        expect([converged, calls < 40]).toEqual([true, true])
      }
      const { path } = await optimiseLatent({ generator, score: logistic(w, 0.3), start: within('1') })
      expect(path.at(-1)!.score).toBeCloseTo(
        byLatent.reduce((sum, v) => sum + Math.abs(v), 0.3),
        5,
      )
    },
  )

  it('by hand: the first two steps of z₀ + 2 z₁ from the middle, a quarter of the longest and twice as far', async () => {
    // .075 √2 along (1, 2)/√5 is (.04743, .09487); then .15 √2, and .3 √2, the longest
    const score: ClassScore = (films) => tf.matMul(films, tf.tensor2d([1, 2], [2, 1]))
    const { path } = await optimiseLatent({ generator: plain, score, start: [0, 0] }, { calls: 4 })
    expect(
      gap(
        path.map(({ z }) => z[0]!),
        [0, 0.04743, 0.1423, 0.33204],
      ),
    ).toBeLessThan(1e-5)
    expect(
      gap(
        path.map(({ z }) => z[1]!),
        [0, 0.09487, 0.2846, 0.66408],
      ),
    ).toBeLessThan(1e-5)
  })

  it('a hill whose top lies outside: the nearest point of the cube, on its faces and between them', async () => {
    const top = [0.3, -2, 1.5, 0, -0.9, 7, -0.2, 1]
    const score: ClassScore = (films) => tf.neg(tf.sum(tf.square(tf.sub(films, tf.tensor2d(top, [1, D]))), 1))
    for (const start of [within('1'), within('2'), Array<number>(D).fill(-1)]) {
      const { path, converged } = await optimiseLatent({ generator: plain, score, start })
      expect(gap(path.at(-1)!.z, [0.3, -1, 1, 0, -0.9, 1, -0.2, 1])).toBeLessThan(1e-4)
      expect(converged).toBe(true)
    }
  })

  it('every point lies in it, a start outside is brought to it, and steps are no longer than the longest', async () => {
    const start = [3, -2, 0.5, 0, 0, 0, 0, 9]
    const { path } = await optimiseLatent({ generator, score: logistic(w, 0), start }, { longestStep: 0.1 })
    expect(Array.from(path[0]!.z)).toEqual([1, -1, 0.5, 0, 0, 0, 0, 1])
    path.forEach(({ z, score }, i) => {
      expect(Math.max(...z.map(Math.abs))).toBeLessThanOrEqual(1)
      if (i === 0) return
      expect(score).toBeGreaterThan(path[i - 1]!.score)
      const moved = Math.sqrt(z.reduce((sum, v, k) => sum + (v - path[i - 1]!.z[k]!) ** 2, 0) / D)
      expect(moved).toBeLessThan(0.10001)
    })
  })

  it('chance draws from it too, and never beats the corner', async () => {
    const score = logistic(w, 0)
    const { path, calls } = await optimiseLatent({ generator, score, start: within('1') })
    const random = await bestOfRandom({ generator, score, size: D, calls }, rng('random'))
    expect(Math.max(...random.z.map(Math.abs))).toBeLessThanOrEqual(1)
    expect(Math.sqrt(random.z.reduce((sum, v) => sum + v * v, 0))).not.toBeCloseTo(Math.sqrt(D), 2)
    expect(random.score).toBeLessThan(path.at(-1)!.score)
  })

  it('a stored DCGAN says its prior, and its search ends where no way leads up inside', async () => {
    const config = { architecture: 'dcgan-generator', prior: 'uniform', size: 16, latent: DCGAN_LATENT, width: 8 }
    const network = latentGenerator(config)
    const params = tf.tidy(() => dcganFormula(smallDcgan(16, 8).generator, 'generator'))
    const stored = frozenGenerator(network, params)
    const score: ClassScore = (films) =>
      tf.mean(tf.slice(films as tf.Tensor4D, [0, 0, 0, 0], [-1, 16, 8, 1]), [1, 2, 3])
    const start = within('1').slice(0, DCGAN_LATENT)
    const { path } = await optimiseLatent({ generator: stored, score, start })
    const last = path.at(-1)!
    expect(last.score).toBeGreaterThan(path[0]!.score + 0.01)
    expect(Math.max(...last.z.map(Math.abs))).toBe(1)
    const gradient = tf.tidy(() =>
      tf
        .grad((z) => tf.reshape(score(stored.generate(z as tf.Tensor2D)), []))(tf.tensor2d(last.z, [1, DCGAN_LATENT]))
        .dataSync(),
    )
    last.z.forEach((v, i) => expect(Math.abs(v) === 1 ? -gradient[i]! * v : Math.abs(gradient[i]!)).toBeLessThan(2e-3))
    tf.dispose(params)
  })
})

it('latents of either prior: by their stream’s next numbers', () => {
  expect(Array.from(drawLatent('uniform', 3, rng('z')))).toEqual(
    Array.from(rng('z').uniforms(3), (u) => Math.fround(2 * u - 1)),
  )
  expect(Array.from(drawLatent('sphere', 3, rng('z')))).toEqual(Array.from(onSphere(rng('z').normals(3))))
})
