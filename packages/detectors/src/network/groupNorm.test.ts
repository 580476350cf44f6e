import { beforeAll, expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { groupNorm } from './groupNorm.ts'

beforeAll(() => loadRuntime())

test('by hand: two groups of one film, each to mean 0 and variance 1', () => {
  const layer = groupNorm({ channels: 4, groups: 2, eps: 0 })
  const params = layer.init(rng(1), [1, 2, 4])
  // group 1 is {1, 3, 1, 3}: mean 2, deviation 1; group 2 is {0, 0, 4, 4}: mean 2, deviation 2
  const x = tf.tensor4d([1, 3, 0, 0, 1, 3, 4, 4], [1, 1, 2, 4])
  const { y } = layer.apply(params, x, { training: true })
  y.dataSync().forEach((v, i) => expect(v).toBeCloseTo([-1, 1, -1, -1, -1, 1, 1, 1][i]!, 6))
})

test('groups must divide the channels', () => {
  expect(() => groupNorm({ channels: 10 })).toThrow('8 groups do not divide 10 channels')
})
