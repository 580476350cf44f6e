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

test('its bias is added to the identity', () => {
  before = tf.memory().numTensors
  const params = constantAligner(32, [0.5, 0.25, 0.125, -0.25, 1.5, -0.5])
  expect(thetasOf(32, params)[1]).toEqual([0.5, 0.25, 0.125, -0.25, 1.5, -0.5])
  tf.dispose(params)
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
