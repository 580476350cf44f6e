import { beforeAll, expect, it } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor4D } from '@tensorflow/tfjs-core'
import { formula } from '../testing/index.ts'
import { tinyMapConv } from './tinyMapConv.ts'

beforeAll(() => loadRuntime())

it('by hand: on one pixel only the middle of the filter is seen, on two its neighbours too', () => {
  const weight = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [3, 3, 1, 1])
  expect([...tinyMapConv(tf.tensor4d([10], [1, 1, 1, 1]), weight).dataSync()]).toEqual([50])
  // 5·1 + 6·10 and 4·1 + 5·10
  expect([...tinyMapConv(tf.tensor4d([1, 10], [1, 1, 2, 1]), weight).dataSync()]).toEqual([65, 54])
})

it.each([
  [1, 1, 3],
  [2, 2, 3],
  [1, 3, 5],
])('on %i×%i with a %i×%i filter: value and gradients of the convolution', (h, w, kernel) => {
  const x = formula('x', [2, h, w, 3]) as Tensor4D
  const weight = formula('w', [kernel, kernel, 3, 4]) as Tensor4D
  const dy = formula('dy', [2, h, w, 4])
  const answers = [tinyMapConv, (a: Tensor4D, b: Tensor4D) => tf.conv2d(a, b, 1, 'same')].map((conv) => {
    const { value, grads } = tf.valueAndGrads((a, b) => tf.sum(tf.mul(conv(a as Tensor4D, b as Tensor4D), dy)))([
      x,
      weight,
    ])
    return [value, ...grads, conv(x, weight)].map((t) => [...t.dataSync()])
  })
  answers[0]!.forEach((ours, i) => ours.forEach((v, k) => expect(v).toBeCloseTo(answers[1]![i]![k]!, 5)))
})
