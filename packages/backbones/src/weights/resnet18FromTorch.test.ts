// Weights of torchvision's and timm's ResNet-18: imported, they give torch's maps and logits within 1e-4 of each tensor's own
// size; exported, they are the file that Python saves. Weights are a formula in torch's own order. Public weights cannot be
// fetched where these tests run, so parity is on such seeded ones; names and shapes are those of the public files.
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from '@jest/globals'
import {
  dense,
  exportTorchWeights,
  fromNetworkTensors,
  globalAvgPool,
  scope,
  toNetworkTensors,
  TorchWeightsError,
} from '@radiograft/nn'
import type { NetworkTensor } from '@radiograft/nn'
import { formula, formulaValues } from '@radiograft/nn/testing'
import { writeSafetensors } from '@radiograft/safetensors'
import type { SafetensorsTensor } from '@radiograft/safetensors'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { resnet18 } from '../resnet18.ts'
import fixture from './fixtures/resnet18-torch.json' with { type: 'json' }
import { resnet18FromTorch } from './resnet18FromTorch.ts'

beforeAll(() => loadRuntime())

type Picks = { shape?: number[]; picks: number[]; sum: number; size: number }

/** Of the formula, as in tools/oracles/backbones_weights.py. */
const scaleOf = (name: string, shape: readonly number[]): [scale: number, offset: number] => {
  if (name.endsWith('running_var')) return [0.5, 1]
  if (name.endsWith('running_mean') || name.endsWith('bias')) return [0.1, 0]
  if (shape.length === 1) return [0.2, 1]
  return [Math.sqrt(6 / shape.slice(1).reduce((a, b) => a * b, 1)), 0]
}

/** torch's state dict: by its names, in its shapes and order. */
const stateDict: Record<string, SafetensorsTensor> = {}
beforeAll(() => {
  for (const [name, shape] of Object.entries(fixture.stateDict)) {
    if (name.endsWith('num_batches_tracked')) {
      stateDict[name] = { dtype: 'I64', shape, data: new BigInt64Array(1) }
      continue
    }
    const [scale, offset] = scaleOf(name, shape)
    const data = formulaValues(
      name,
      shape.reduce((a, b) => a * b, 1),
    )
    for (let i = 0; i < data.length; i++) data[i] = offset + scale * data[i]!
    stateDict[name] = { dtype: 'F32', shape, data }
  }
})

/** The largest error of picks and sum, relative to the tensor's mean magnitude and sum of magnitudes. */
const error = (values: Float32Array, truth: Picks): number => {
  const step = Math.max(1, Math.floor(values.length / truth.picks.length))
  const mean = truth.size / values.length
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  const errors = truth.picks.map((p, i) => Math.abs(values[i * step]! - p) / Math.max(mean, Math.abs(p)))
  return Math.max(...errors, Math.abs(sum - truth.sum) / truth.size)
}

/** Maps of the encoder and logits of its classifier, in evaluation. */
const compare = (
  weights: Record<string, NetworkTensor>,
  inC: number,
  x: Tensor,
  truth: Record<string, Picks>,
): void => {
  tf.tidy(() => {
    const params = fromNetworkTensors(weights)
    const ctx = { training: false }
    const { y } = resnet18({ inC }).apply(params, x, ctx)
    const pooled = globalAvgPool.apply({}, y['c5']!, ctx).y
    const logits = dense({ inC: 512, outC: 1000 }).apply(scope(params, 'fc'), pooled, ctx).y
    const maps: Record<string, Tensor> = { ...y, logits }
    expect(Object.keys(maps).toSorted()).toEqual(Object.keys(truth).toSorted())
    for (const [name, map] of Object.entries(truth)) {
      expect(maps[name]!.shape).toEqual(map.shape)
      expect([name, error(maps[name]!.dataSync() as Float32Array, map) < 1e-4]).toEqual([name, true])
    }
  })
}

describe('seeded weights', () => {
  it('have the same names and shapes in torchvision and timm', () => {
    expect(fixture.timm.sameNamesAndShapes).toBe(true)
    expect(Object.keys(stateDict)).toHaveLength(122)
  })

  it('give torch’s maps and logits on colour', () => {
    const before = tf.memory().numTensors
    const weights = resnet18FromTorch(stateDict, { classifier: 'keep' })
    tf.tidy(() => compare(weights, 3, formula('rgb', [2, 64, 64, 3]), fixture.rgb))
    expect(tf.memory().numTensors).toBe(before)
  })

  it('summed to grey give the colour network’s maps of the grey film, as timm’s in_chans=1', () => {
    const weights = resnet18FromTorch(stateDict, { classifier: 'keep', firstConv: 'sum-to-grey' })
    const conv1 = weights['conv1.weight']!
    expect(conv1.shape).toEqual([7, 7, 1, 64])
    expect(error(conv1.data, fixture.greyConv1)).toBeLessThan(1e-6)
    tf.tidy(() => compare(weights, 1, formula('grey', [2, 64, 64, 1]), fixture.grey))
  })

  it('imported, exported and imported are the same bits, and the export is torch’s file', async () => {
    const weights = resnet18FromTorch(stateDict, { classifier: 'keep' })
    const params = fromNetworkTensors(weights)
    const exported = exportTorchWeights(await toNetworkTensors(params))
    tf.dispose(params)
    const file = writeSafetensors(exported, { format: 'pt' })
    expect(file).toHaveLength(fixture.exported.bytes)
    expect(createHash('sha256').update(file).digest('hex')).toBe(fixture.exported.sha256)
    const again = resnet18FromTorch(exported, { classifier: 'keep' })
    expect(Object.keys(again)).toEqual(Object.keys(weights))
    for (const [name, { shape, data }] of Object.entries(weights)) {
      expect(again[name]!.shape).toEqual(shape)
      // by bytes: Jest compares eleven million numbers one by one
      const [a, b] = [again[name]!.data, data].map((d) => Buffer.from(d.buffer, d.byteOffset, d.byteLength))
      expect([name, a!.equals(b!)]).toEqual([name, true])
    }
  })

  it('without the classifier are those of the encoder, whether the file has one or not', () => {
    const encoder = Object.keys(resnet18FromTorch(stateDict))
    expect(encoder).not.toContain('fc.weight')
    expect(encoder).toHaveLength(100)
    const { 'fc.weight': weight, 'fc.bias': bias, ...rest } = stateDict
    expect([weight!.shape, bias!.shape]).toEqual([[1000, 512], [1000]])
    expect(Object.keys(resnet18FromTorch(rest))).toEqual(encoder)
  })

  it('under a prefix, without counters, and of one channel already are taken', () => {
    const { 'conv1.weight': conv1, ...rest } = stateDict
    const grey: SafetensorsTensor = {
      dtype: 'F32',
      shape: [64, 1, 7, 7],
      data: (conv1!.data as Float32Array).slice(0, 3136),
    }
    const named = Object.entries({ 'conv1.weight': grey, ...rest }).filter(([name]) => !name.endsWith('tracked'))
    const tensors = Object.fromEntries(named.map(([name, tensor]) => [`encoder.${name}`, tensor]))
    const weights = resnet18FromTorch(tensors, { prefix: 'encoder.', firstConv: 'sum-to-grey' })
    expect(weights['conv1.weight']!.shape).toEqual([7, 7, 1, 64])
    expect(weights['conv1.weight']!.data[0]).toBe(grey.data[0])
  })
})

describe('weights of something else', () => {
  const refusal = (tensors: Record<string, SafetensorsTensor>, options = {}): TorchWeightsError => {
    try {
      resnet18FromTorch(tensors, options)
    } catch (error) {
      expect(error).toBeInstanceOf(TorchWeightsError)
      return error as TorchWeightsError
    }
    throw new Error('nothing was refused')
  }
  const tensor = (...shape: number[]): SafetensorsTensor => ({
    dtype: 'F32',
    shape,
    data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
  })

  it('are named: missing with what they may be called, too many, of another shape', () => {
    const { 'layer1.0.bn1.weight': bn, ...rest } = stateDict
    const tensors = {
      ...rest,
      'layer1.0.bn1.wieght': bn!,
      'layer1.2.bn1.bias': tensor(64),
      'layer4.1.bn2.bias': tensor(2048),
      'conv1.weight': tensor(0, 1e9, 7, 7),
      'fc.bias': tensor(10),
    }
    const { problems, message } = refusal(tensors, { classifier: 'keep', source: 'resnet18.a1_in1k.safetensors' })
    expect(problems).toEqual([
      { tensor: 'layer1.0.bn1.weight', problem: 'missing', detail: "did you mean 'layer1.0.bn1.wieght'?" },
      { tensor: 'conv1.weight', problem: 'shape', detail: '[0, 1000000000, 7, 7], expected [64, 3, 7, 7]' },
      { tensor: 'fc.bias', problem: 'shape', detail: '[10], expected [1000]' },
      { tensor: 'layer4.1.bn2.bias', problem: 'shape', detail: '[2048], expected [512]' },
      { tensor: 'layer1.0.bn1.wieght', problem: 'extra', detail: '' },
      { tensor: 'layer1.2.bn1.bias', problem: 'extra', detail: '' },
    ])
    expect(message).toContain(
      'resnet18.a1_in1k.safetensors: these weights do not fit the network (1 missing, 2 too many',
    )
  })

  it('under a prefix say so', () => {
    const tensors = Object.fromEntries(Object.entries(stateDict).map(([name, t]) => [`module.${name}`, t]))
    expect(refusal(tensors).message).toContain("Its names begin with 'module.'")
  })
})
