import { beforeAll, expect, test } from '@jest/globals'
import { formula, formulaParams } from '@radiograft/nn/testing'
import type { Params } from '@radiograft/nn'
import { scope, unscope } from '@radiograft/nn'
import { affineGrid, gridSample } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import fixture from '../fixtures/torch-align.json' with { type: 'json' }
import { alignmentLoss } from './alignmentLoss.ts'
import { perceptualWeights } from './perceptualFeatures.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const formulaFeatures = (): Params => scope(formulaParams(unscope(perceptualWeights(8), 'features')), 'features')
const near = (actual: tf.Tensor, expected: ReadonlyArray<number>, within = 1e-5): void => {
  const values = actual.dataSync()
  expect(values).toHaveLength(expected.length)
  expected.forEach((v, i) => expect(Math.abs(values[i]! - v)).toBeLessThan(within))
}

test('by hand: the pixel term is a mean of norms, not the norm of all, and is not squared', () => {
  tf.tidy(() => {
    const aligned = tf.stack([tf.fill([4, 4, 1], 0.5), tf.fill([4, 4, 1], 0.1)])
    const reference = tf.fill([1, 4, 4, 1], 0.2)
    const silent = tf.tidy(() =>
      Object.fromEntries(Object.entries(perceptualWeights(4)).map(([name, w]) => [name, tf.zerosLike(w)])),
    )
    const { loss, pixel, feature } = alignmentLoss(aligned, reference, silent)
    near(pixel, [0.2]) // (|.5 − .2| + |.1 − .2|) / 2; the root of the mean of all squares is .2236
    near(feature, [0])
    near(loss, [0.2])
  })
})

test('by hand: features of one corner weight', () => {
  tf.tidy(() => {
    // conv1 passes the middle pixel into channel 0, conv2 doubles it into channel 0; the other 31 channels are 0
    const w1 = tf.buffer([3, 3, 1, 16])
    w1.set(1, 1, 1, 0, 0)
    const w2 = tf.buffer([3, 3, 16, 32])
    w2.set(2, 1, 1, 0, 0)
    const weights = { 'conv1.weight': w1.toTensor(), 'conv2.weight': w2.toTensor() }
    // 4 × 4 → one feature cell, read at pixel (0, 0): relu drops the negative film
    const { feature } = alignmentLoss(
      tf.stack([tf.fill([4, 4, 1], 0.5), tf.fill([4, 4, 1], -0.5)]),
      tf.fill([1, 4, 4, 1], 0.25),
      weights,
    )
    near(feature, [((1 - 0.5) ** 2 + (0 - 0.5) ** 2) / 2 / 32])
  })
})

test('the aligned film itself costs nothing, and its gradient is finite', () => {
  tf.tidy(() => {
    const film = formula('film', [1, 8, 8, 1])
    const gradient = tf.grad((x) => alignmentLoss(x, film, perceptualWeights(8)).loss)(film)
    near(alignmentLoss(film, film, perceptualWeights(8)).loss, [0], 2e-6)
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true)
  })
})

test('value and gradient as torch', () => {
  tf.tidy(() => {
    const [aligned, reference] = [formula('aligned', [2, 8, 8, 1]), formula('reference', [1, 8, 8, 1])]
    const features = formulaFeatures()
    const { loss, pixel, feature } = alignmentLoss(aligned, reference, features)
    near(loss, [fixture.loss.loss])
    near(pixel, [fixture.loss.pixel])
    near(feature, [fixture.loss.feature])
    near(tf.grad((x) => alignmentLoss(x, reference, features).loss)(aligned), fixture.loss.gradient, 1e-6)
  })
})

test('gradient by θ through grid and border as torch', () => {
  tf.tidy(() => {
    const [moving, reference] = [formula('moving', [2, 8, 8, 1]), formula('reference', [1, 8, 8, 1])]
    const features = formulaFeatures()
    const through = (theta: tf.Tensor): tf.Tensor =>
      gridSample(moving, affineGrid(tf.reshape(theta, [2, 2, 3]), 8, 8), { padding: 'border' })
    const theta = tf.tensor1d(fixture.throughTheta.theta)
    near(through(theta), fixture.throughTheta.aligned)
    const { value, grad } = tf.valueAndGrad((t) => alignmentLoss(through(t), reference, features).loss)(theta)
    near(value, [fixture.throughTheta.loss])
    near(grad, fixture.throughTheta.gradient)
  })
})

test('the fixed weights are equal in every run and hold on to nothing', () => {
  const before = tf.memory().numTensors
  const [a, b] = [perceptualWeights(32), perceptualWeights(64)]
  expect(Object.keys(a)).toEqual(['conv1.weight', 'conv2.weight'])
  for (const name of Object.keys(a)) expect(a[name]!.dataSync()).toEqual(b[name]!.dataSync())
  // a change here changes every aligner: He's rule, fan in 9
  expect(a['conv1.weight']!.shape).toEqual([3, 3, 1, 16])
  const spread = tf.tidy(() => tf.sqrt(tf.mean(tf.square(a['conv2.weight']!))).dataSync()[0]!)
  expect(Math.abs(spread / Math.sqrt(2 / (9 * 16)) - 1)).toBeLessThan(0.05)
  tf.dispose([a, b])
  expect(tf.memory().numTensors).toBe(before)
})
