// Each layer against torch: forward within 1e-4, gradients within 1e-3 (pitfalls 6), with weights from the formula.
import { beforeAll, expect, it } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { rng } from '@radiograft/random'
import type { Layer } from '../Network.ts'
import { formula, formulaParams } from '../testing/index.ts'
import { valueAndGradients } from '../optimisers/valueAndGradients.ts'
import { batchNorm } from './batchNorm.ts'
import { conv2d } from './conv2d.ts'
import { conv2dTranspose } from './conv2dTranspose.ts'
import { dense } from './dense.ts'
import { equalisedConv2d, equalisedDense } from './equalised.ts'
import fixture from './fixtures/torch-layers.json' with { type: 'json' }
import { instanceNorm } from './instanceNorm.ts'
import { minibatchStd } from './minibatchStd.ts'
import { pixelNorm } from './pixelNorm.ts'
import { avgPool, maxPool } from './pools.ts'

beforeAll(() => loadRuntime())

type Case = {
  inputShape: number[]
  outputShape: number[]
  y: number[]
  dx: number[]
  gradients: Record<string, number[]>
  updates?: Record<string, number[]>
}
const cases = fixture.cases as unknown as Record<string, Case>

const io = { inC: 3, outC: 4 }
const layers: Record<string, Layer> = {
  'conv-k3-s1-p1': conv2d({ ...io, kernel: 3, padding: 'same' }),
  'conv-k3-s2-p1-even': conv2d({ ...io, kernel: 3, stride: 2, padding: 1 }),
  'conv-k3-s2-p1-odd': conv2d({ ...io, kernel: 3, stride: 2, padding: 1 }),
  'conv-k4-s2-p1': conv2d({ ...io, kernel: 4, stride: 2, padding: 1 }),
  'conv-k4-s1-p1': conv2d({ ...io, kernel: 4, padding: 1 }),
  'conv-k7-s2-p3': conv2d({ ...io, kernel: 7, stride: 2, padding: 3 }),
  'conv-k1-s2-p0': conv2d({ ...io, kernel: 1, stride: 2 }),
  'conv-reflect-p3': conv2d({ ...io, kernel: 7, padding: 3, padMode: 'reflect' }),
  'conv-reflect-p1-s2': conv2d({ ...io, kernel: 3, stride: 2, padding: 1, padMode: 'reflect' }),
  'tconv-k3-s2-p1-op1': conv2dTranspose({ ...io, kernel: 3, stride: 2, padding: 1, outputPadding: 1 }),
  'tconv-k4-s2-p1': conv2dTranspose({ ...io, kernel: 4, stride: 2, padding: 1 }),
  'tconv-k4-s1-p0': conv2dTranspose({ ...io, kernel: 4, stride: 1 }),
  'tconv-k2-s2-op1': conv2dTranspose({ ...io, kernel: 2, stride: 2, outputPadding: 1 }),
  'instance-norm': instanceNorm({ channels: 3 }),
  'batch-norm-train': batchNorm({ channels: 3 }),
  'batch-norm-eval': batchNorm({ channels: 3, frozen: true }),
  'max-pool-even': maxPool({ kernel: 3, stride: 2, padding: 1 }),
  'max-pool-odd': maxPool({ kernel: 3, stride: 2, padding: 1 }),
  'avg-pool': avgPool({ kernel: 2 }),
  dense: dense({ inC: 5, outC: 3 }),
  'equalised-conv': equalisedConv2d({ ...io, kernel: 3, padding: 1 }),
  'equalised-dense': equalisedDense({ inC: 5, outC: 3, gain: 1 }),
  'pixel-norm': pixelNorm(),
  'minibatch-std': minibatchStd(),
}

it('has a layer for every case of the fixture', () => {
  expect(Object.keys(layers).toSorted()).toEqual(Object.keys(cases).toSorted())
})

const worst = (actual: ArrayLike<number>, expected: readonly number[]): number => {
  expect(actual.length).toBe(expected.length)
  return Math.max(...expected.map((e, i) => Math.abs(actual[i]! - e)))
}

it.each(Object.keys(cases))('%s equals torch', (name) => {
  const { inputShape, outputShape, ...truth } = cases[name]!
  const layer = layers[name]!
  expect([inputShape[0], ...layer.outputShape(inputShape.slice(1))]).toEqual(outputShape)
  tf.tidy(() => {
    const params = { ...formulaParams(layer.init(rng(0), inputShape.slice(1))), x: formula(`${name}.x`, inputShape) }
    const dy = formula(`${name}.dy`, outputShape)
    const { aux, gradients } = valueAndGradients((p) => {
      const { y, updates } = layer.apply(p, p['x']!, { training: true })
      return { loss: tf.sum(tf.mul(y, dy)), aux: { y, updates } }
    }, params)
    expect(aux.y.shape).toEqual(outputShape)
    expect(worst(aux.y.dataSync(), truth.y)).toBeLessThan(1e-5)
    expect(worst(gradients['x']!.dataSync(), truth.dx)).toBeLessThan(1e-4)
    for (const [key, gradient] of Object.entries(truth.gradients)) {
      expect(worst(gradients[key]!.dataSync(), gradient)).toBeLessThan(1e-4)
    }
    const updates = aux.updates as Record<string, tf.Tensor>
    expect(Object.keys(updates)).toEqual(Object.keys(truth.updates ?? {}))
    for (const [key, value] of Object.entries(truth.updates ?? {})) {
      expect(worst(updates[key]!.dataSync(), value)).toBeLessThan(1e-6)
    }
  })
})

it('names the parameter that is missing and the layer that misses it', () => {
  const x = tf.zeros([1, 4, 4, 3])
  expect(() => conv2d({ ...io, kernel: 3 }).apply({}, x, { training: false, path: 'layer1.0.conv1' })).toThrow(
    "layer1.0.conv1: parameter 'weight' is missing; there are: none",
  )
  expect(() => conv2d({ ...io, kernel: 3 }).apply({}, tf.zeros([1, 4, 4, 1]), { training: false })).toThrow(
    'expected 3 channels',
  )
  expect(() => conv2d({ ...io, kernel: 4, padding: 'same' })).toThrow('odd kernel')
})
