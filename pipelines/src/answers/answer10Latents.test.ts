// Phantom answer 10, latents: what a linear generator of healthy films can say of films that it was and was not made of, what is
// recovered of a film by looking for its latent, and where the search for a class must end (P5).
// The document's figures are of 160 films to learn from and 160 others (answer10Latents.long.test.ts), these of 80 and 40.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { renderFilm } from '@radiograft/data-io'
import { bestOfRandom, onSphere, optimiseLatent, type ClassScore, type FrozenGenerator } from '@radiograft/gan-models'
import { aucScore } from '@radiograft/metrics'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { indicesOf } from './indicesOf.ts'
import { latentWeights, linearGenerator, reconstructionDb } from './linearGenerator.ts'
import { learnedTemplate, score as weigh, type Film } from './linearReader.ts'
import { principalComponents } from './principalComponents.ts'
import { unitFilm } from './unitFilm.ts'

const SEED = 7
const SIZE = 64
const PIXELS = SIZE ** 2
const [TRAIN, TEST] = [80, 40]

const films = indicesOf(SEED, 'Normal', TRAIN + TEST).map((index) => {
  const { pixels, description } = renderFilm({ seed: SEED, index, size: SIZE })
  return { film: Float64Array.from(unitFilm(pixels)), ap: description.view === 'AP' }
})
const [train, test] = [films.slice(0, TRAIN), films.slice(TRAIN)]
const filmsOf = (some: typeof films): Film[] => some.map(({ film }) => film)
const components = principalComponents(filmsOf(train))

describe('reconstruction by k components, mean dB', () => {
  const db = [8, 32, 64, 79].map((k) => ({
    own: reconstructionDb(components, filmsOf(train), k),
    other: reconstructionDb(components, filmsOf(test), k),
  }))

  it.each([
    // document, of twice as many films: 23.6 and 23.0, 28.6 and 26.5; 42.7 and 29.1 with 128, all and 29.5 with 159
    [8, 0, 23.8, 22],
    [32, 1, 31.1, 25.2],
    [64, 2, 42.7, 26.2],
  ])('k %d', (_, at, own, other) => {
    // a film's own spreads by 2 dB: standard errors .25 and .35
    expect(Math.abs(db[at]!.own - own)).toBeLessThan(1)
    expect(Math.abs(db[at]!.other - other)).toBeLessThan(1)
  })

  it('all components but one less than films give back the films they were made of, and no others: 26.5', () => {
    expect(db[3]!.own).toBeGreaterThan(200) // rounding of float64
    expect(Math.abs(db[3]!.other - 26.5)).toBeLessThan(1)
  })

  it('other films are worse off, the more so the more components', () => {
    const gaps = db.map(({ own, other }) => own - other)
    expect(gaps[0]).toBeGreaterThan(0)
    gaps.slice(1).forEach((gap, i) => expect(gap).toBeGreaterThan(gaps[i]! + 1))
    db.slice(1).forEach(({ other }, i) => expect(other).toBeGreaterThan(db[i]!.other))
  })
})

describe('a generator of 16 latents', () => {
  const K = 16
  let generator: FrozenGenerator
  beforeAll(async () => {
    await loadRuntime({ threads: 1 })
    generator = linearGenerator(components, K, SIZE)
  })
  afterAll(() => tf.dispose(generator.params))

  /** dB at which the search for a film ends, from another latent than its own. */
  const recovered = async (wanted: ArrayLike<number>, start: number) => {
    const target = tf.tensor4d(Float32Array.from(wanted), [1, SIZE, SIZE, 1])
    // squared differences: of a film of the generator on the sphere the top is the film, with score 0
    const score: ClassScore = (made) => tf.neg(tf.sum(tf.squaredDifference(made, target), [1, 2, 3]))
    const from = rng('start').fork(start).normals(K)
    const { path } = await optimiseLatent({ generator, score, start: from }, { calls: 300 })
    tf.dispose(target)
    const last = path.at(-1)!
    return {
      z: last.z,
      db: -10 * Math.log10(-last.score / PIXELS),
      startDb: -10 * Math.log10(-path[0]!.score / PIXELS),
    }
  }

  it.each([1, 2])(
    'a film of a known latent is recovered, film and latent: 165 dB (document: above 60), %d',
    async (s) => {
      const z = onSphere(rng('known').fork(s).normals(K))
      const made = tf.tidy(() => generator.generate(tf.tensor2d(Float32Array.from(z), [1, K])))
      const found = await recovered(await made.data(), s)
      tf.dispose(made)
      expect(found.startDb).toBeLessThan(20)
      expect(found.db).toBeGreaterThan(60)
      expect(Math.max(...found.z.map((v, i) => Math.abs(v - z[i]!)))).toBeLessThan(0.01)
    },
  )

  it.each([0, 1])(
    'film %d of another patient is not: from anywhere the search ends at the same 24 to 26 dB',
    async (i) => {
      const ends = [await recovered(test[i]!.film, 1), await recovered(test[i]!.film, 2)]
      for (const { db } of ends) expect(db).toBeLessThan(30)
      expect(Math.abs(ends[0]!.db - ends[1]!.db)).toBeLessThan(0.1)
      // on the sphere it cannot be nearer than without
      expect(ends[0]!.db).toBeLessThan(reconstructionDb(components, [test[i]!.film], K) + 1e-3)
      expect(ends[0]!.db).toBeGreaterThan(ends[0]!.startDb + 5)
    },
  )

  it('the search for the class of a linear reader ends at √d · Gᵀw / ‖Gᵀw‖, from anywhere', async () => {
    // the class is the view, which healthy films have; the reader has learned from the films that the generator was made of
    const view = (ap: boolean): Film[] => filmsOf(train.filter((one) => one.ap === ap))
    const w = learnedTemplate(view(true), view(false), 1)
    const auc = aucScore(
      test.map(({ film }) => weigh(w, film)),
      test.map(({ ap }) => ap),
    )
    expect(auc).toBeGreaterThan(0.75) // it reads the view of other patients

    const weights = latentWeights(components, K)
    const top = onSphere(
      Array.from({ length: K }, (_, i) => weigh(w, Float64Array.from(weights.subarray(i * PIXELS, (i + 1) * PIXELS)))),
    )
    const reader = tf.tensor2d(Float32Array.from(w), [PIXELS, 1])
    const score: ClassScore = (made) => tf.matMul(tf.reshape(made, [-1, PIXELS]), reader)
    for (const s of [1, 2, 3]) {
      const { path, calls, converged } = await optimiseLatent({
        generator,
        score,
        start: rng('climb').fork(s).normals(K),
      })
      const { z, score: reached } = path.at(-1)!
      expect(converged).toBe(true)
      expect(Math.max(...z.map((v, i) => Math.abs(v - top[i]!)))).toBeLessThan(1e-3) // of numbers about 1, in float32
      const random = await bestOfRandom({ generator, score, size: K, calls }, rng('random').fork(s))
      expect(reached).toBeGreaterThan(random.score)
    }
    tf.dispose(reader)
  })
})
