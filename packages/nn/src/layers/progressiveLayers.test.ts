// The layers of progressive GANs by hand; torch's answers are in layers.test.ts.
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { inputGradient } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { formula } from '../testing/index.ts'
import { equalisedConv2d, equalisedDense } from './equalised.ts'
import { minibatchStd } from './minibatchStd.ts'
import { pixelNorm } from './pixelNorm.ts'

beforeAll(() => loadRuntime())
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const training = { training: true }
const values = (t: tf.Tensor): number[] => [...t.dataSync()]

it('equalised weights count for gain / sqrt(fanIn), biases for themselves (P7, P8)', () => {
  const dense = { weight: tf.ones([8, 1]), bias: tf.tensor1d([3]) }
  // sqrt(2) / sqrt(8) = .5 times a sum of 8, plus 3
  expect(values(equalisedDense({ inC: 8, outC: 1 }).apply(dense, tf.ones([1, 8]), training).y)[0]).toBeCloseTo(7, 6)
  // 1 / sqrt(1 · 1 · 4) = .5 times a sum of 4, plus 3
  const conv = { weight: tf.ones([1, 1, 4, 1]), bias: tf.tensor1d([3]) }
  const toFilm = equalisedConv2d({ inC: 4, outC: 1, kernel: 1, gain: 1 })
  expect(values(toFilm.apply(conv, tf.ones([1, 1, 1, 4]), training).y)[0]).toBeCloseTo(5, 6)
})

it('equalised weights start from N(0, 1), biases from 0', () => {
  const { weight, bias } = equalisedConv2d({ inC: 16, outC: 16, kernel: 3 }).init(rng('weights'), [4, 4, 16])
  const { mean, variance } = tf.moments(weight!)
  expect(Math.abs(values(mean)[0]!)).toBeLessThan(4 / 48) // 2,304 numbers: four standard errors
  expect(Math.abs(Math.sqrt(values(variance)[0]!) - 1)).toBeLessThan(0.06)
  expect(values(bias!)).toEqual(Array.from({ length: 16 }, () => 0))
})

it('pixel norm: the mean square over channels is 1', () => {
  // sqrt((9 + 16) / 2) = 3.535534
  const y = values(pixelNorm().apply({}, tf.tensor4d([3, 4, 0, 0], [1, 1, 2, 2]), training).y)
  expect(y[0]).toBeCloseTo(3 / 3.535534, 6)
  expect(y[1]).toBeCloseTo(4 / 3.535534, 6)
  expect(y.slice(2)).toEqual([0, 0])
})

it('minibatch standard deviation: of each group of four, not of the batch (P7)', () => {
  // films 0, 2, 4, 6 are one group: values 0, 2, 4, 6 have a deviation of sqrt(5); the other group does not vary
  const films = tf.tensor4d([0, 9, 2, 9, 4, 9, 6, 9], [8, 1, 1, 1])
  const { y } = minibatchStd().apply({}, films, training)
  const std = values(tf.squeeze(tf.slice(y as tf.Tensor4D, [0, 0, 0, 1], [8, 1, 1, 1])))
  expect(std.filter((_, i) => i % 2 === 0).every((s) => Math.abs(s - Math.sqrt(5)) < 1e-6)).toBe(true)
  expect(std.filter((_, i) => i % 2 === 1).every((s) => Math.abs(s - 1e-4) < 1e-6)).toBe(true) // sqrt of eps
  // the mean over pixels and channels: deviations 1 and 3 of two pixels
  const pair = tf.tensor4d([0, 0, 2, 6], [2, 1, 2, 1])
  expect(values(minibatchStd().apply({}, pair, training).y)).toEqual([0, 2, 0, 2, 2, 2, 6, 2])
})

it('minibatch standard deviation names the batch that groups do not divide', () => {
  expect(() => minibatchStd().apply({}, tf.zeros([6, 1, 1, 1]), { ...training, path: '4.std' })).toThrow(
    '4.std: 6 films are no whole number of groups of 4',
  )
  expect(minibatchStd(4).apply({}, tf.zeros([3, 1, 1, 1]), training).y.shape).toEqual([3, 1, 1, 2])
})

it('all are right to second order', () => {
  const conv = equalisedConv2d({ inC: 3, outC: 3, kernel: 3, padding: 1 })
  const dense = equalisedDense({ inC: 64, outC: 2 })
  const [w, v] = [formula('w', [3, 3, 3, 3]), formula('v', [64, 2])]
  const critic = (weight: tf.Tensor, x: tf.Tensor): tf.Tensor => {
    const bias = { bias: tf.zeros([3]) }
    const h = pixelNorm().apply({}, conv.apply({ weight, ...bias }, x, training).y, training).y
    const s = minibatchStd(2).apply({}, h, training).y
    return tf.square(dense.apply({ weight: v, bias: tf.zeros([2]) }, tf.reshape(s, [4, 64]), training).y)
  }
  const [x, direction] = [formula('x', [4, 4, 4, 3]), formula('d', w.shape)]
  const penalty = (weight: tf.Tensor): tf.Tensor => tf.sum(tf.square(inputGradient((z) => critic(weight, z), x)))
  const slope = values(tf.sum(tf.mul(tf.grad(penalty as never)(w), direction)))[0]!
  const at = (by: number): number => values(penalty(tf.add(w, tf.mul(direction, by))))[0]!
  expect(Math.abs(slope - (at(1e-3) - at(-1e-3)) / 2e-3)).toBeLessThan(2e-3 * Math.abs(slope))
})
