// Import and export between torch's layouts and ours: permutations by hand, then a network of every layer with parameters
// whose state dict Python saved, loaded strictly and applied.
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { writeSafetensors } from '@radiograft/safetensors'
import type { SafetensorsTensor } from '@radiograft/safetensors'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { batchNorm } from '../layers/batchNorm.ts'
import { conv2d } from '../layers/conv2d.ts'
import { conv2dTranspose } from '../layers/conv2dTranspose.ts'
import { dense } from '../layers/dense.ts'
import { dropout } from '../layers/dropout.ts'
import { instanceNorm } from '../layers/instanceNorm.ts'
import { relu } from '../layers/pointwise.ts'
import { flatten, globalAvgPool, maxPool } from '../layers/pools.ts'
import { residual } from '../layers/residual.ts'
import { sequential } from '../layers/sequential.ts'
import { NetworkError } from '../NetworkError.ts'
import { fromNetworkTensors, toNetworkTensors } from '../params/networkTensors.ts'
import { formula, formulaValues } from '../testing/index.ts'
import { exportTorchWeights } from './exportTorchWeights.ts'
import truth from './fixtures/stateDict.json' with { type: 'json' }
import { flattenedInputs } from './flattenedInputs.ts'
import { importTorchWeights } from './importTorchWeights.ts'
import { parameterShapes } from './parameterShapes.ts'
import { TorchWeightsError } from './TorchWeightsError.ts'

beforeAll(() => loadRuntime())

const f32 = (shape: number[], ...values: number[]): SafetensorsTensor => ({
  dtype: 'F32',
  shape,
  data: values.length > 0 ? Float32Array.from(values) : new Float32Array(shape.reduce((a, b) => a * b, 1)),
})
const count = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => i)

describe('layouts by hand', () => {
  it('a filter [1, 2, in 2, out 3] becomes [3, 2, 1, 2]', () => {
    // ours at (0, x, i, o) is 6x + 3i + o; torch's rows are o, then i, then x
    const { w } = exportTorchWeights({ w: { shape: [1, 2, 2, 3], data: count(12) } })
    expect(w).toEqual(f32([3, 2, 1, 2], 0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11))
  })

  it('a dense weight [in 2, out 3] becomes [3, 2]; vectors and scalars stay', () => {
    const params = {
      w: { shape: [2, 3], data: count(6) },
      b: { shape: [3], data: count(3) },
      s: { shape: [], data: count(1) },
    }
    expect(exportTorchWeights(params)).toEqual({
      w: f32([3, 2], 0, 3, 1, 4, 2, 5),
      b: f32([3], 0, 1, 2),
      s: f32([], 0),
    })
  })

  it('a dense weight over a flattened map [1, 2, 2] becomes channel first', () => {
    // our rows are (x0 c0), (x0 c1), (x1 c0), (x1 c1); torch's columns (c0 x0), (c0 x1), (c1 x0), (c1 x1)
    const options = { flattened: { w: [1, 2, 2] } } as const
    const params = { w: { shape: [4, 1], data: count(4) } }
    const exported = exportTorchWeights(params, options)
    expect(exported).toEqual({ w: f32([1, 4], 0, 2, 1, 3) })
    expect(importTorchWeights(params, exported, options)).toEqual(params)
  })

  it('a NaN keeps its bits', () => {
    const data = new Float32Array(Uint32Array.of(0x7fc0_1234, 0xffc0_0001).buffer)
    const { w } = importTorchWeights({ w: { shape: [1, 2] } }, { w: { dtype: 'F32', shape: [2, 1], data } })
    expect(new Uint32Array(w!.data.buffer)).toEqual(Uint32Array.of(0x7fc0_1234, 0xffc0_0001))
  })

  it('names are mapped by one function both ways; other floats become float32', () => {
    const rename = (name: string): string => `encoder.${name}`
    const data = Float64Array.of(0.1, 2)
    const params = importTorchWeights(
      { b: { shape: [2] } },
      { 'encoder.b': { dtype: 'F64', shape: [2], data } },
      { rename },
    )
    expect(params).toEqual({ b: { shape: [2], data: Float32Array.of(0.1, 2) } })
    expect(Object.keys(exportTorchWeights(params, { rename }))).toEqual(['encoder.b'])
  })

  it.each<[string, () => unknown, string]>([
    [
      'one name for two parameters',
      () =>
        exportTorchWeights(
          { a: { shape: [], data: count(1) }, b: { shape: [], data: count(1) } },
          { rename: () => 'x' },
        ),
      "b: rename gives it the name 'x', which 'a' has",
    ],
    [
      'three axes',
      () => exportTorchWeights({ a: { shape: [1, 1, 1], data: count(1) } }),
      'a: torch’s layout'.replace('’', "'"),
    ],
    [
      'numbers that do not fill the shape',
      () => exportTorchWeights({ a: { shape: [2], data: count(1) } }),
      'a: its shape needs 2',
    ],
    [
      'a flattened map of another size',
      () => exportTorchWeights({ a: { shape: [5, 1], data: count(5) } }, { flattened: { a: [1, 2, 2] } }),
      'a: shape [5, 1] is no dense weight over a flattened map of [1, 2, 2]',
    ],
    [
      'a flattened weight that is not there',
      () =>
        exportTorchWeights(
          { 'fc.weight': { shape: [4, 1], data: count(4) } },
          { flattened: { 'fc.wieght': [1, 2, 2] } },
        ),
      "did you mean 'fc.weight'?",
    ],
  ])('refuses %s', (_, act, message) => {
    expect(act).toThrow(NetworkError)
    expect(act).toThrow(message)
  })
})

describe('weights that do not fit', () => {
  const template = {
    'conv1.weight': { shape: [1, 1, 1, 2] },
    'bn1.bias': { shape: [2] },
    'bn1.weight': { shape: [2] },
    'fc.weight': { shape: [2, 1] },
  }
  const problemsOf = (act: () => unknown): TorchWeightsError => {
    try {
      act()
    } catch (error) {
      expect(error).toBeInstanceOf(TorchWeightsError)
      return error as TorchWeightsError
    }
    throw new Error('nothing was refused')
  }

  it('are named all at once', () => {
    const tensors: Record<string, SafetensorsTensor> = {
      'conv1.weight': f32([2, 3, 1, 1]),
      'bn1.wieght': f32([2]),
      'bn1.bias': { dtype: 'I32', shape: [2], data: new Int32Array(2) },
      'bn1.num_batches_tracked': { dtype: 'I64', shape: [], data: new BigInt64Array(1) },
      'head.1.weight': f32([7]),
      'head2.weight': f32([7]),
    }
    const error = problemsOf(() =>
      importTorchWeights(template, tensors, { ignore: ['head'], source: 'net.safetensors' }),
    )
    expect(error.problems).toEqual([
      { tensor: 'bn1.weight', problem: 'missing', detail: "did you mean 'bn1.wieght'?" },
      { tensor: 'fc.weight', problem: 'missing', detail: '' },
      { tensor: 'bn1.bias', problem: 'dtype', detail: 'I32, expected floats' },
      { tensor: 'conv1.weight', problem: 'shape', detail: '[2, 3, 1, 1], expected [2, 1, 1, 1]' },
      { tensor: 'bn1.wieght', problem: 'extra', detail: '' },
      { tensor: 'head2.weight', problem: 'extra', detail: '' },
    ])
    expect(error.message).toContain(
      'net.safetensors: these weights do not fit the network (2 missing, 2 too many, 2 unfit).',
    )
    expect(error.message).toContain("'bn1.weight' is missing: did you mean 'bn1.wieght'?; 'fc.weight' is missing;")
    expect(error._tag).toBe('TorchWeightsError')
  })

  it('under a prefix get it named', () => {
    const tensors = { 'module.a': f32([]), 'module.b.weight': f32([2]) }
    const of = (options: object): unknown =>
      importTorchWeights({ a: { shape: [] }, 'b.weight': { shape: [2] } }, tensors, options)
    expect(problemsOf(() => of({})).recovery).toContain("rename: (name) => 'module.' + name")
    expect(of({ rename: (name: string) => `module.${name}` })).toMatchObject({ a: { shape: [] } })
  })

  it('by the hundred are counted', () => {
    const tensors = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${i}`, f32([])]))
    const error = problemsOf(() => importTorchWeights(template, tensors))
    expect(error.problems).toHaveLength(504)
    expect(error.message).toContain('; and 492 more.')
    expect(error.message.length).toBeLessThan(1200)
  })

  it('and names of Object’s own members are missing like others', () => {
    expect(problemsOf(() => importTorchWeights({ toString: { shape: [] } }, {})).problems[0]!.problem).toBe('missing')
  })
})

describe('a network of every layer with parameters', () => {
  const network = sequential([
    ['conv', conv2d({ inC: 2, outC: 4, kernel: 3, padding: 1, padMode: 'reflect' })],
    ['norm', batchNorm({ channels: 4 })],
    ['relu', relu],
    [
      'block',
      residual(
        sequential([
          ['conv1', conv2d({ inC: 4, outC: 6, kernel: 3, stride: 2, padding: 1, bias: false })],
          ['bn1', batchNorm({ channels: 6 })],
        ]),
        {
          shortcut: sequential([
            ['0', conv2d({ inC: 4, outC: 6, kernel: 1, stride: 2, bias: false })],
            ['1', batchNorm({ channels: 6 })],
          ]),
          after: (sum) => tf.relu(sum),
        },
      ),
    ],
    ['up', conv2dTranspose({ inC: 6, outC: 3, kernel: 3, stride: 2, padding: 1, outputPadding: 1 })],
    ['inorm', instanceNorm({ channels: 3 })],
    ['pool', maxPool({ kernel: 3, stride: 2, padding: 1 })],
    ['flat', flatten],
    ['fc', dense({ inC: 60, outC: 60 })],
    ['act', relu],
    ['fc2', dense({ inC: 60, outC: 2 })],
  ])
  const inputShape = [8, 10, 2]
  /** torch's state dict by the formula, in torch's own layout: the values that Python saved. */
  const stateDict = Object.fromEntries(
    Object.entries(truth.shapes).map(([name, shape]) => {
      const offset = name.endsWith('running_var') ? 1 : 0
      const size = shape.reduce((a, b) => a * b, 1)
      return [name, f32(shape, ...formulaValues(name, size).map((v) => offset + 0.3 * v))]
    }),
  )

  it('loads what torch saved and gives what torch gives; its export is torch’s file', async () => {
    const before = tf.memory().numTensors
    const template = parameterShapes(network, inputShape)
    const first = network.init(rng(0), inputShape)
    const flattened = flattenedInputs(network, first, inputShape)
    tf.dispose(first)
    expect(flattened).toEqual({ 'fc.weight': [4, 5, 3] })

    const params = importTorchWeights(template, stateDict, { flattened })
    const tensors = fromNetworkTensors(params)
    const y = tf.tidy(() => network.apply(tensors, formula('exported.x', [2, ...inputShape]), { training: false }).y)
    const worst = Math.max(...Array.from(y.dataSync(), (v, i) => Math.abs(v - truth.y[i]!)))
    expect([y.shape, worst < 1e-4]).toEqual([[2, 2], true])

    const stored = await toNetworkTensors(tensors)
    tf.dispose([y, tensors])
    const file = writeSafetensors(exportTorchWeights(stored, { flattened }), { format: 'pt' })
    expect(createHash('sha256').update(file).digest('hex')).toBe(truth.sha256)
    expect(importTorchWeights(template, exportTorchWeights(params, { flattened }), { flattened })).toEqual(params)
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('flattened maps', () => {
  const net = (layers: Parameters<typeof sequential>[0], shape: number[]): unknown => {
    const network = sequential(layers)
    const params = network.init(rng(0), shape)
    const found = flattenedInputs(network, params, shape)
    tf.dispose(params)
    return found
  }

  it('are followed through dropout and ReLU, and not through a square product', () => {
    const fc = dense({ inC: 8, outC: 8 })
    expect(
      net(
        [
          ['flat', flatten],
          ['drop', dropout({ rate: 0.5 })],
          ['relu', relu],
          ['a', fc],
          ['b', fc],
        ],
        [2, 2, 2],
      ),
    ).toEqual({
      'a.weight': [2, 2, 2],
    })
  })

  it('are none where the map has one pixel or is pooled', () => {
    expect(
      net(
        [
          ['flat', flatten],
          ['fc', dense({ inC: 3, outC: 1 })],
        ],
        [1, 1, 3],
      ),
    ).toEqual({})
    expect(
      net(
        [
          ['pool', globalAvgPool],
          ['fc', dense({ inC: 3, outC: 1 })],
        ],
        [2, 2, 3],
      ),
    ).toEqual({})
  })
})

it('names and shapes without first values are those of init', () => {
  const network = sequential([
    ['a', conv2d({ inC: 2, outC: 3, kernel: 3 })],
    ['n', batchNorm({ channels: 3 })],
  ])
  const before = tf.memory().numTensors
  expect(parameterShapes(network, [8, 8, 2])).toEqual({
    'a.weight': { shape: [3, 3, 2, 3] },
    'a.bias': { shape: [3] },
    'n.weight': { shape: [3] },
    'n.bias': { shape: [3] },
    'n.running_mean': { shape: [3] },
    'n.running_var': { shape: [3] },
  })
  expect(tf.memory().numTensors).toBe(before)
})
