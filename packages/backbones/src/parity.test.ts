// ResNet-18 and the pyramid against torchvision: maps within 1e-4 and gradients within 1e-3 of each tensor's own size
// (pitfalls 6), equal parameter counts. Weights are a formula of name and index; 40 is odd after three halvings.
import { beforeAll, describe, expect, it } from '@jest/globals'
import { parameterCount, scope, trainable, unscope, valueAndGradients } from '@radiograft/nn'
import type { Params } from '@radiograft/nn'
import { formula, formulaParams } from '@radiograft/nn/testing'
import type { Rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { featurePyramid } from './featurePyramid.ts'
import fixture from './fixtures/torchvision-resnet18-fpn.json' with { type: 'json' }
import { resnet18, resnet18Channels } from './resnet18.ts'

beforeAll(() => loadRuntime())

type Picks = { picks: number[]; sum: number; size: number }
type Case = Omit<(typeof fixture.cases)['train'], 'maps' | 'gradients' | 'updates'> & {
  maps: Record<string, Picks & { shape: number[] }>
  gradients: Record<string, Picks>
  updates?: Record<string, Picks>
}
const cases = fixture.cases as unknown as Record<'train' | 'frozen', Case>

// Only names and shapes of the first parameters are wanted; drawing 11 million normals takes ten seconds inside Jest.
const blank = {
  fork: () => blank,
  normals: (n: number) => new Float32Array(n),
  uniforms: (n: number) => new Float32Array(n),
} as unknown as Rng

/** The largest error of picks and sums, relative to the tensor's mean magnitude and sum of magnitudes. */
const error = (actual: Tensor, truth: Picks): number => {
  const values = actual.dataSync() as Float32Array
  const step = Math.max(1, Math.floor(values.length / (truth.picks.length || 1)))
  const mean = truth.size / values.length
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  const errors = truth.picks.map((p, i) => Math.abs(values[i * step]! - p) / Math.max(mean, Math.abs(p)))
  return Math.max(...errors, Math.abs(sum - truth.sum) / truth.size)
}

describe.each(['train', 'frozen'] as const)('%s', (name) => {
  const truth = cases[name]
  const body = resnet18({ inC: truth.inC, frozenBatchNorm: !truth.training })
  const inC = Object.fromEntries(truth.levels.map((l) => [l, resnet18Channels[l as keyof typeof resnet18Channels]]))
  const pyramid = featurePyramid({ inC, outC: 32 })

  it('equals torchvision', () => {
    const before = tf.memory().numTensors
    tf.tidy(() => {
      const bodyParams = body.init(blank, [truth.size, truth.size, truth.inC])
      const fpnParams = pyramid.init(blank)
      expect(parameterCount(bodyParams)).toBe(truth.parameters.body)
      expect(parameterCount(fpnParams)).toBe(truth.parameters.fpn)
      const params = formulaParams({ ...bodyParams, ...unscope(fpnParams, 'fpn') })
      const x = formula(`${name}.x`, [2, truth.size, truth.size, truth.inC])
      const ctx = { training: true }
      const { loss, aux, gradients } = valueAndGradients((p: Params) => {
        const { y: c, updates } = body.apply(p, x, ctx)
        const { y: maps } = pyramid.apply(scope(p, 'fpn'), c, ctx)
        const terms = Object.entries(maps).map(([l, m]) => tf.mean(tf.mul(m, formula(`${name}.${l}.dy`, m.shape))))
        return { loss: tf.addN(terms), aux: { updates, maps: { ...c, ...maps } } }
      }, params)
      expect(Math.abs(loss.dataSync()[0]! - truth.loss)).toBeLessThan(1e-4)
      const maps = aux.maps as Record<string, Tensor>
      expect(Object.keys(maps).toSorted()).toEqual(Object.keys(truth.maps).toSorted())
      for (const [level, { shape, ...map }] of Object.entries(truth.maps)) {
        expect(maps[level]!.shape).toEqual(shape)
        expect([level, error(maps[level]!, map) < 1e-4]).toEqual([level, true])
      }
      expect(Object.keys(gradients).toSorted()).toEqual(Object.keys(trainable(params)).toSorted())
      for (const [key, gradient] of Object.entries(truth.gradients)) {
        expect([key, error(gradients[key]!, gradient) < 1e-3]).toEqual([key, true])
      }
      const updates = aux.updates as Record<string, Tensor>
      expect(Object.keys(updates).toSorted()).toEqual(Object.keys(truth.updates ?? {}).toSorted())
      for (const [key, update] of Object.entries(truth.updates ?? {})) {
        expect([key, error(updates[key]!, update) < 1e-4]).toEqual([key, true])
      }
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})

it('names the levels it gives', () => {
  expect(featurePyramid({ inC: { c4: 8, c3: 4, c5: 16 }, outC: 8 }).levels).toEqual(['p3', 'p4', 'p5', 'p6', 'p7'])
  expect(featurePyramid({ inC: { c2: 4, c3: 4 }, outC: 8, extraLevels: false }).levels).toEqual(['p2', 'p3'])
})

it('a narrow ResNet-18 has the same names, and channels, weights and maps by its width', () => {
  const [wide, narrow] = [64, 16].map((width) => {
    const net = resnet18({ width })
    const params = net.init(blank, [32, 32, 1])
    const { y } = net.apply(params, tf.zeros([1, 32, 32, 1]), { training: false })
    return { params, shapes: Object.values(y).map(({ shape }) => shape) }
  })
  expect(Object.keys(narrow!.params)).toEqual(Object.keys(wide!.params))
  expect(narrow!.shapes).toEqual([
    [1, 8, 8, 16],
    [1, 4, 4, 32],
    [1, 2, 2, 64],
    [1, 1, 1, 128],
  ])
  // filters of a convolution go by the square of the width
  const size = (of: typeof wide): number => of!.params['layer4.1.conv2.weight']!.size
  expect(size(wide)).toBe(16 * size(narrow))
})
