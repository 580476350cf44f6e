import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { parameterCount } from '@radiograft/nn'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { distanceToTorch } from '@radiograft/testing'
import { formulaFilms, formulaNetwork, formulaWeights } from '../testing/formulaClassifier.ts'
import fixture from '../fixtures/small-cnn.json' with { type: 'json' }
import { smallCnn, smallCnnDepth } from './smallCnn.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

test('by hand: one block that passes films through; features are the mean of what is above 0', () => {
  const net = smallCnn({ size: 32, classes: 2, width: 1, depth: 1 })
  const params = {
    'blocks.0.conv.weight': tf.tensor4d([0, 0, 0, 0, 1, 0, 0, 0, 0], [3, 3, 1, 1]),
    'blocks.0.norm.weight': tf.tensor1d([Math.sqrt(1 + 1e-5)]),
    'blocks.0.norm.bias': tf.tensor1d([0]),
    'blocks.0.norm.running_mean': tf.tensor1d([0]),
    'blocks.0.norm.running_var': tf.tensor1d([1]),
    'head.weight': tf.tensor2d([2, -4], [1, 2]),
    'head.bias': tf.tensor1d([1, 0]),
  }
  // a quarter of the pixels is .8, the others −1
  const film = tf.tensor4d(
    Array.from({ length: 1024 }, (_, i) => (i % 4 === 0 ? 0.8 : -1)),
    [1, 32, 32, 1],
  )
  const { y, updates } = net.apply(params, film, { training: false })
  expect(y.features.dataSync()[0]).toBeCloseTo(0.2, 6)
  y.logits.dataSync().forEach((v, i) => expect(v).toBeCloseTo([1.4, -0.8][i]!, 5))
  expect(updates).toEqual({})
})

test('as used it equals torch; parameters are as many, at every size', () => {
  const { y } = formulaNetwork.apply(formulaWeights(), formulaFilms(), { training: false })
  expect(y.features.shape).toEqual([5, formulaNetwork.features])
  expect(distanceToTorch(y.features, fixture.used.features)).toBeLessThan(1e-5)
  y.logits.dataSync().forEach((v, i) => expect(Math.abs(v - fixture.used.logits[i]!)).toBeLessThan(1e-5))
  for (const [size, count] of Object.entries(fixture.parameters)) {
    const net = smallCnn({ size: Number(size), classes: 3 })
    expect([size, parameterCount(net.init(rng(0), []))]).toEqual([size, count])
  }
})

test('the last map has 4 to 7 pixels a side at any size, and at most 256 channels by default', () => {
  expect([32, 63, 64, 100, 128, 256].map(smallCnnDepth)).toEqual([4, 4, 5, 5, 6, 7])
  expect([32, 64, 128, 256].map((size) => smallCnn({ size, classes: 2 }).features)).toEqual([128, 256, 256, 256])
})

test('what it cannot be is refused', () => {
  expect(() => smallCnn({ size: 16, classes: 2 })).toThrow('size is 16: give 32 to 256 pixels')
  expect(() => smallCnn({ size: 64, classes: 0 })).toThrow('classes is 0: give 1 or more')
  expect(() => smallCnn({ size: 64, classes: 2, width: 1.5 })).toThrow('width is 1.5')
  expect(() => formulaNetwork.apply(formulaWeights(), tf.zeros([1, 64, 64, 1]), { training: false })).toThrow(
    'films are [1, 64, 64, 1], expected [B, 32, 32, 1]',
  )
})
