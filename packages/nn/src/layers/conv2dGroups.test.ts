import { beforeAll, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { formula } from '../testing/index.ts'
import { conv2d } from './conv2d.ts'

beforeAll(() => loadRuntime())

// Values and gradients of grouped convolutions are held to PyTorch in packages/tensor (ops/fused.test.ts).
it.each(['zeros', 'reflect'] as const)('groups of channels do not see one another (%s)', (padMode) => {
  tf.tidy(() => {
    const layer = conv2d({ inC: 4, outC: 6, kernel: 3, padding: 1, padMode, groups: 2, bias: false })
    const params = layer.init(rng(0), [5, 5, 4])
    expect(params['weight']!.shape).toEqual([3, 3, 2, 6])
    const x = formula('x', [1, 5, 5, 4])
    const y = layer.apply(params, x, { training: true }).y
    expect(layer.outputShape([5, 5, 4])).toEqual(y.shape.slice(1))
    // each half by a plain convolution of its own
    const half = conv2d({ inC: 2, outC: 3, kernel: 3, padding: 1, padMode, bias: false })
    const halves = tf.split(x, 2, 3).map((part, i) => {
      const weight = tf.slice(params['weight']!, [0, 0, 0, 3 * i], [3, 3, 2, 3])
      return half.apply({ weight }, part, { training: true }).y
    })
    expect(tf.max(tf.abs(tf.sub(y, tf.concat(halves, 3)))).dataSync()[0]).toBeLessThan(1e-6)
  })
})

it('starts as torch: the fan of a filter is that of its group', () => {
  tf.tidy(() => {
    const bound = (groups: number): number => {
      const { weight } = conv2d({ inC: 32, outC: 32, kernel: 3, groups }).init(rng(0), [8, 8, 32])
      return tf.max(tf.abs(weight!)).dataSync()[0]!
    }
    // torch's default is U(±1 / sqrt(fan in))
    expect(bound(1)).toBeCloseTo(1 / Math.sqrt(9 * 32), 3)
    expect(bound(8)).toBeCloseTo(1 / Math.sqrt(9 * 4), 2)
  })
})

it('refuses groups that do not divide the channels', () => {
  expect(() => conv2d({ inC: 4, outC: 6, kernel: 3, groups: 4 })).toThrow('4 groups do not divide 4 and 6 channels')
})
