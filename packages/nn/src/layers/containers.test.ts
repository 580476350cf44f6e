import { beforeAll, expect, it } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import { rng } from '@radiograft/random'
import * as tf from '@tensorflow/tfjs-core'
import { constant } from '../initialisers/constants.ts'
import { parameterCount } from '../params/parameterCount.ts'
import { batchNorm } from './batchNorm.ts'
import { conv2d } from './conv2d.ts'
import { dense } from './dense.ts'
import { dropout } from './dropout.ts'
import { instanceNorm } from './instanceNorm.ts'
import { leakyRelu, relu, tanh } from './pointwise.ts'
import { flatten, globalAvgPool, globalMaxPool } from './pools.ts'
import { residual } from './residual.ts'
import { sequential } from './sequential.ts'

beforeAll(() => loadRuntime())

const double = conv2d({ inC: 1, outC: 1, kernel: 1, bias: false, weightInit: constant(2) })

it('sequential applies in order and names parameters by place', () => {
  tf.tidy(() => {
    const net = sequential([
      ['1', double],
      ['0', leakyRelu(0.5)],
      ['flat', flatten],
      ['fc', dense({ inC: 2, outC: 1, weightInit: constant(1), biasInit: constant(10) })],
    ])
    const params = net.init(rng(0), [1, 2, 1])
    expect(Object.keys(params)).toEqual(['1.weight', 'fc.weight', 'fc.bias'])
    expect(net.outputShape([1, 2, 1])).toEqual([1])
    // 2·3 + .5·2·(-4) + 10
    expect(net.apply(params, tf.tensor4d([3, -4], [1, 1, 2, 1]), { training: false }).y.dataSync()).toEqual(
      new Float32Array([12]),
    )
    expect(parameterCount(params)).toBe(4)
  })
  expect(() =>
    sequential([
      ['a', relu],
      ['a', tanh],
    ]),
  ).toThrow('same name')
})

it('residual adds the input or the shortcut, then acts', () => {
  tf.tidy(() => {
    const x = tf.tensor4d([1, -5], [1, 1, 2, 1])
    const plain = residual(sequential([['conv1', double]]))
    expect(plain.apply(plain.init(rng(0), [1, 2, 1]), x, { training: true }).y.dataSync()).toEqual(
      new Float32Array([3, -15]),
    )
    const block = residual(sequential([['conv1', double]]), { shortcut: double, after: tf.relu })
    const params = block.init(rng(0), [1, 2, 1])
    expect(Object.keys(params)).toEqual(['conv1.weight', 'downsample.weight'])
    expect(block.apply(params, x, { training: true }).y.dataSync()).toEqual(new Float32Array([4, 0]))
  })
})

it('running statistics come back as updates under their full names, and are not written in place', () => {
  tf.tidy(() => {
    const net = sequential([['a', sequential([['bn', batchNorm({ channels: 1 })]])]])
    const params = net.init(rng(0), [1, 2, 1])
    const { updates } = net.apply(params, tf.tensor4d([1, 3], [1, 1, 2, 1]), { training: true })
    expect(Object.keys(updates)).toEqual(['a.bn.running_mean', 'a.bn.running_var'])
    expect(updates['a.bn.running_mean']!.dataSync()[0]).toBeCloseTo(0.2, 6) // .9·0 + .1·2
    expect(updates['a.bn.running_var']!.dataSync()[0]).toBeCloseTo(1.1, 6) // .9·1 + .1·2: variance 1 over n, 2 over n - 1
    expect(params['a.bn.running_mean']!.dataSync()[0]).toBe(0)
    expect(net.apply(params, tf.zeros([1, 1, 2, 1]), { training: false }).updates).toEqual({})
  })
})

it('batch norm refuses one value a channel while training, which has no unbiased variance, and names the layer', () => {
  tf.tidy(() => {
    const net = (frozen: boolean) => sequential([['a', sequential([['bn', batchNorm({ channels: 2, frozen })]])]])
    const params = net(false).init(rng(0), [1, 1, 2])
    const one = tf.ones([1, 1, 1, 2])
    const refusal = expect.objectContaining({
      _tag: 'NetworkError',
      at: 'a.bn',
      message: expect.stringContaining('[1, 1, 1, 2]'),
    })
    expect(() => net(false).apply(params, one, { training: true })).toThrow(refusal)
    for (const [frozen, training] of [
      [true, true],
      [false, false],
    ] as const)
      expect(net(frozen).apply(params, one, { training }).y.dataSync()[0]).toBeCloseTo(1, 4)
  })
})

it('initial parameters depend on their names, not on what is made beside them', () => {
  tf.tidy(() => {
    const conv = conv2d({ inC: 2, outC: 2, kernel: 3 })
    const short = sequential([['conv', conv]]).init(rng(7), [8, 8, 2])
    const long = sequential([
      ['first', conv],
      ['conv', conv],
    ]).init(rng(7), [8, 8, 2])
    expect(long['conv.weight']!.dataSync()).toEqual(short['conv.weight']!.dataSync())
    expect(long['first.weight']!.dataSync()).not.toEqual(short['conv.weight']!.dataSync())
  })
})

it('global pools reduce the film', () => {
  tf.tidy(() => {
    const x = tf.tensor4d([1, 10, 3, 20], [1, 1, 2, 2])
    expect(globalAvgPool.apply({}, x, { training: true }).y.dataSync()).toEqual(new Float32Array([2, 15]))
    expect(globalMaxPool.apply({}, x, { training: true }).y.dataSync()).toEqual(new Float32Array([3, 20]))
  })
})

it('dropout drops its share, keeps the mean, and repeats itself at the same step and place only', () => {
  tf.tidy(() => {
    const x = tf.ones([100, 100])
    const at = (step: number, path: string): Float32Array =>
      dropout({ rate: 0.25 })
        .apply({}, x, { training: true, path, random: { seed: 3, step: tf.scalar(step, 'int32') } })
        .y.dataSync() as Float32Array
    const y = at(5, 'head')
    expect(new Set(y)).toEqual(new Set([0, Math.fround(4 / 3)]))
    expect(y.filter((v) => v === 0).length / 10_000).toBeCloseTo(0.25, 1)
    expect(at(5, 'head')).toEqual(y)
    expect(at(6, 'head')).not.toEqual(y)
    expect(at(5, 'tail')).not.toEqual(y)
    expect(dropout({ rate: 0.25 }).apply({}, x, { training: false }).y).toBe(x)
  })
  expect(() => dropout({ rate: 0.5 }).apply({}, tf.ones([1]), { training: true, path: 'head' })).toThrow(
    'head: dropout',
  )
  expect(() => dropout({ rate: 1 })).toThrow('rate is 1')
})

it.each([false, true])('the gradient of instance norm (affine %s) can be differentiated again', (affine) => {
  tf.tidy(() => {
    const norm = instanceNorm({ channels: 1, affine })
    const params = affine ? { weight: tf.tensor1d([1.5]), bias: tf.tensor1d([-0.5]) } : {}
    const x = tf.tensor4d([0.3, -0.8, 1.4, 0.1], [1, 2, 2, 1])
    const w = tf.tensor4d([1, -2, 0.5, 3], [1, 2, 2, 1])
    const energy = (x: tf.Tensor): tf.Tensor =>
      tf.sum(tf.square(tf.grad((x) => tf.sum(tf.mul(tf.square(norm.apply(params, x, { training: true }).y), w)))(x)))
    const gradient = tf.grad(energy)(x).dataSync()
    for (let i = 0; i < 4; i++) {
      const nudge = tf.tensor4d(
        [0, 1, 2, 3].map((j) => (j === i ? 1e-3 : 0)),
        [1, 2, 2, 1],
      )
      const slope = (energy(tf.add(x, nudge)).dataSync()[0]! - energy(tf.sub(x, nudge)).dataSync()[0]!) / 2e-3
      expect(Math.abs(gradient[i]! - slope)).toBeLessThan(2e-2 * Math.max(1, Math.abs(slope)))
    }
  })
})
