import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Layer } from '../Network.ts'
import { valueAndGradients } from '../optimisers/valueAndGradients.ts'
import { formula } from '../testing/index.ts'
import { batchNorm } from './batchNorm.ts'
import { instanceNorm } from './instanceNorm.ts'
import { leakyRelu, relu } from './pointwise.ts'
import { sequential } from './sequential.ts'

beforeAll(() => loadRuntime())
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const channels = 5
const pairs: ReadonlyArray<readonly [name: string, joined: Layer, apart: Layer, activation: Layer]> = [
  ['instance norm, ReLU', instanceNorm({ channels, slope: 0 }), instanceNorm({ channels }), relu],
  ['instance norm, leaky', instanceNorm({ channels, slope: 0.2 }), instanceNorm({ channels }), leakyRelu(0.2)],
  ['batch norm, ReLU', batchNorm({ channels, slope: 0 }), batchNorm({ channels }), relu],
  ['frozen batch norm', batchNorm({ channels, slope: 0, frozen: true }), batchNorm({ channels, frozen: true }), relu],
]

it.each(pairs)('%s in one layer: as two layers, and named as the first', (_, joined, apart, activation) => {
  const dy = formula('dy', [2, 3, 4, channels])
  const run = (layer: Layer, prefix: string) => {
    const init = layer.init(rng(0), [3, 4, channels])
    const params = Object.fromEntries(
      Object.entries(init).map(([name, value]) => [
        name,
        name.endsWith('running_var') ? value : formula(name.slice(prefix.length), [channels]),
      ]),
    )
    const made = valueAndGradients(
      (p) => {
        const { y, updates } = layer.apply(p, p['x']!, { training: true })
        return { loss: tf.sum(tf.mul(y, dy)), aux: { y, ...updates } }
      },
      { ...params, x: formula('x', [2, 3, 4, channels]) },
    )
    const named = Object.entries({ ...made.aux, ...made.gradients }).map(([name, t]) => [
      name.startsWith(prefix) ? name.slice(prefix.length) : name,
      Array.from(t.dataSync()),
    ])
    return Object.fromEntries(named) as Record<string, number[]>
  }
  const one = run(sequential([['norm', joined]]), 'norm.')
  const two = run(
    sequential([
      ['norm', apart],
      ['act', activation],
    ]),
    'norm.',
  )
  expect(Object.keys(one)).toEqual(Object.keys(two))
  for (const [name, values] of Object.entries(two)) {
    const worst = Math.max(...values.map((v, i) => Math.abs(v - one[name]![i]!)))
    expect([name, worst < 1e-6]).toEqual([name, true])
  }
  expect(two['y']!.some((v) => v <= 0)).toBe(true)
})
