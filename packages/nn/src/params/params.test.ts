import { beforeAll, expect, it } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { fromNetworkTensors, toNetworkTensors } from './networkTensors.ts'
import { parameterCount } from './parameterCount.ts'
import { scope, unscope } from './scope.ts'
import { trainable } from './trainable.ts'

beforeAll(() => loadRuntime())

it('scope takes a child by its whole name', () => {
  const [a, b] = [tf.scalar(1), tf.scalar(2)]
  expect(scope({ 'layer1.w': a, 'layer10.w': b }, 'layer1')).toEqual({ w: a })
  expect(unscope({ w: a }, 'layer1')).toEqual({ 'layer1.w': a })
})

it('learned parameters leave out running statistics and frozen prefixes', () => {
  const one = tf.ones([2, 3])
  const params = { 'a.weight': one, 'a.running_mean': one, 'ab.weight': one, running_variety: one }
  expect(Object.keys(trainable(params, ['a']))).toEqual(['ab.weight', 'running_variety'])
  expect(parameterCount(params)).toBe(18)
})

it('goes to plain arrays and back', async () => {
  const params = {
    'b.weight': tf.tensor2d([
      [1, 2],
      [3, 4],
    ]),
    a: tf.scalar(5),
  }
  const stored = await toNetworkTensors(params)
  expect(stored).toEqual({
    a: { shape: [], data: new Float32Array([5]) },
    'b.weight': { shape: [2, 2], data: new Float32Array([1, 2, 3, 4]) },
  })
  const back = fromNetworkTensors(stored)
  expect(back['b.weight']!.arraySync()).toEqual([
    [1, 2],
    [3, 4],
  ])
  expect(() => fromNetworkTensors({ w: { shape: [3], data: new Float32Array(2) } })).toThrow(
    'w: shape [3] needs 3 numbers, not 2',
  )
})
