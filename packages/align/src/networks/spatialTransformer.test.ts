import { afterEach, beforeAll, expect, test } from '@jest/globals'
import { parameterCount } from '@radiograft/nn'
import { formula, formulaParams } from '@radiograft/nn/testing'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { blankParams, constantAligner } from '../testing/constantAligner.ts'
import { spatialTransformer } from './spatialTransformer.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
let before = 0
afterEach(() => expect(tf.memory().numTensors).toBe(before))

const thetasOf = (size: number, params: ReturnType<typeof blankParams>): number[][] =>
  tf.tidy(() => {
    const y = spatialTransformer({ size }).apply(params, formula('films', [2, size, size, 1]), { training: true }).y
    return y.arraySync() as number[][]
  })

test('starts at the identity whatever its features, because the last layer starts at 0', () => {
  before = tf.memory().numTensors
  const drawn = blankParams(32)
  const params = tf.tidy(() => {
    const body = formulaParams(drawn)
    return { ...body, 'head.weight': drawn['head.weight']!.clone(), 'head.bias': drawn['head.bias']!.clone() }
  })
  expect(thetasOf(32, params)).toEqual([
    [1, 0, 0, 0, 1, 0],
    [1, 0, 0, 0, 1, 0],
  ])
  tf.dispose([drawn, params])
})

test('θ by hand: identity + .5 tanh(h / (.5 √n)), n = 512 at 32 pixels', () => {
  before = tf.memory().numTensors
  const blank = blankParams(32)
  const bias = [0, 1, -1, 5, -5, 1e6].map((v) => v * Math.sqrt(512))
  const params = { ...blank, 'head.bias': tf.tensor1d(bias) }
  const expected = [1, 0.5 * Math.tanh(2), -0.5 * Math.tanh(2), 0.5, 0.5, 0.5] // tanh(10) and beyond is 1
  thetasOf(32, params)[1]!.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 6))
  tf.dispose([blank, params])
})

test('the test double answers the θ asked for', () => {
  before = tf.memory().numTensors
  const theta = [0.6, 0.25, 0.125, -0.25, 1.4, -0.4] as const
  const params = constantAligner(64, theta)
  thetasOf(64, params)[1]!.forEach((v, i) => expect(v).toBeCloseTo(theta[i]!, 6))
  tf.dispose(params)
})

test('a step of Adam on every weight moves θ by about the rate times √n, not n', () => {
  before = tf.memory().numTensors
  const drawn = blankParams(64)
  // features of size 1 that all agree, and every weight moved by 1e-3: h = 2.048, and θ by .045
  const params = tf.tidy(() => ({ ...formulaParams(drawn), 'head.weight': tf.fill([2048, 6], 1e-3) }))
  for (const theta of thetasOf(64, params)) expect(Math.abs(theta[1]!)).toBeLessThan(0.1)
  tf.dispose([drawn, params])
})

test('ResNet-18 without its classifier for one channel, and a layer on the whole last map', () => {
  before = tf.memory().numTensors
  for (const [size, cells] of [
    [32, 1],
    [64, 4],
  ] as const) {
    const params = blankParams(size)
    // torchvision: 11,689,512 less 513,000 of the classifier less 2 · 64 · 49 of the colour channels
    expect(parameterCount(params)).toBe(11_689_512 - 513_000 - 6_272 + cells * 512 * 6 + 6)
    tf.dispose(params)
  }
})
