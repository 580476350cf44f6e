import { beforeAll, expect, it } from '@jest/globals'
import { scope } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { LATENT, progressiveFormulaState, smallNetworks } from '../testing/progressiveFormula.ts'
import { pairwiseDistance } from './pairwiseDistance.ts'
import { progressiveCheck } from './progressiveCheck.ts'
import { separation } from './separation.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

it('by hand: distances of pairs, root mean square over pixels', () => {
  // pairs: (0,0)–(3,4) √12.5, (0,0)–(0,2) √2, (3,4)–(0,2) √6.5
  const films = [
    [0, 0],
    [3, 4],
    [0, 2],
  ]
  expect(pairwiseDistance(films)).toBeCloseTo((Math.sqrt(12.5) + Math.sqrt(2) + Math.sqrt(6.5)) / 3, 12)
  expect(pairwiseDistance([films[1]!, films[1]!, films[1]!])).toBe(0)
})

it('by hand: share of pairs in which the real film scores higher, ties a half', () => {
  expect(separation([1, 2], [0, 1])).toBe((1 + 0.5 + 1 + 1) / 4)
  expect([separation([1, 1], [0, 0]), separation([0], [1]), separation([3], [3])]).toEqual([1, 0, 0.5])
})

it('looks at the generator that trains, and at reals as blurred as its films', () => {
  const options = { ...smallNetworks({ resolution: 8, fading: true }) }
  const state = progressiveFormulaState(options)
  const latents = formula('z', [4, LATENT])
  // boards of ±a around 0: their boxes have the mean 0, so at α .5 half of each is left, and of their distances
  const board = (a: number) => Array.from({ length: 64 }, (_, i) => ((i + (i >> 3)) % 2 === 0 ? a : -a))
  const real = tf.tensor4d([0.2, 0.4, 0.6, 0.8].flatMap(board), [4, 8, 8, 1])
  const before = tf.memory().numTensors
  const found = progressiveCheck(options, state, { latents, real, alpha: 0.5 })
  expect(tf.memory().numTensors).toBe(before)
  expect(found.realDiversity).toBeCloseTo((0.2 + 0.4 + 0.6 + 0.2 + 0.4 + 0.2) / 6 / 2, 6)
  expect(found.diversity).toBeGreaterThan(0)
  // one latent again and again is one film; the average does not matter
  const same = tf.tile(tf.slice(latents, [0, 0], [1, LATENT]), [4, 1])
  expect(progressiveCheck(options, state, { latents: same, real, alpha: 0.5 }).diversity).toBeLessThan(1e-6)
  const average = Object.keys(state).filter((name) => name.startsWith('average.'))
  const other = { ...state, ...Object.fromEntries(average.map((name) => [name, tf.zerosLike(state[name]!)])) }
  expect(progressiveCheck(options, other, { latents, real, alpha: 0.5 })).toEqual(found)
  // the critic's own order
  const scores = (films: tf.Tensor) =>
    options.critic
      .apply(
        Object.fromEntries(
          Object.entries(state)
            .filter(([name]) => name.startsWith('critic.'))
            .map(([name, t]) => [name.slice(7), t]),
        ),
        films,
        { training: false, alpha: 0.5 },
      )
      .y.dataSync()
  const blurred = tf.mul(real, 0.5)
  const fakes = options.generator.apply(scope(state, 'generator'), latents, { training: false, alpha: 0.5 }).y
  expect(found.separation).toBe(separation(scores(blurred), scores(fakes)))
  expect(found.realScore).toBeCloseTo(Array.from(scores(blurred)).reduce((a, b) => a + b, 0) / 4, 4)
})
