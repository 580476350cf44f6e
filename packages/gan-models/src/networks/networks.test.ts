// Both networks against torch (pitfalls 6): forward within 1e-4, gradients within 1e-3, equal parameter counts.
import { beforeAll, expect, it } from '@jest/globals'
import { parameterCount, valueAndGradients, type Layer, type Params } from '@radiograft/nn'
import { formula, formulaParams } from '@radiograft/nn/testing'
import { rng, type Rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { distanceToTorch, type Picks } from '@radiograft/testing'
import fixture from '../fixtures/torch-gan.json' with { type: 'json' }
import { cycleGanGenerator } from './cycleGanGenerator.ts'
import { PATCH_STRIDES, patchGan } from './patchGan.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const truth = fixture.networks as Record<
  string,
  { shape: number[]; y: Picks; dx: Picks; gradients: Record<string, Picks> }
>
const cases: ReadonlyArray<readonly [name: string, network: Layer, size: number]> = [
  ['generator', cycleGanGenerator({ filters: 4, blocks: 2 }), 16],
  ['generator-skip', cycleGanGenerator({ filters: 4, blocks: 2, skip: true }), 16],
  ['patchgan', patchGan({ filters: 4 }), 48],
]

it.each(cases)('%s equals torch', (name, network, size) => {
  const { shape, y, dx, gradients: expected } = truth[name]!
  tf.tidy(() => {
    const params = {
      ...formulaParams(network.init(rng(0), [size, size, 1])),
      x: formula(`${name}.x`, [2, size, size, 1]),
    }
    const { aux, gradients } = valueAndGradients((p) => {
      const out = network.apply(p, p['x']!, { training: true }).y
      return { loss: tf.sum(tf.mul(out, formula(`${name}.dy`, shape))), aux: { y: out } }
    }, params as Params)
    expect(aux.y.shape).toEqual(shape)
    expect([2, ...network.outputShape([size, size, 1])]).toEqual(shape)
    expect(distanceToTorch(aux.y, y)).toBeLessThan(1e-4)
    expect(distanceToTorch(gradients['x']!, dx)).toBeLessThan(1e-3)
    expect(Object.keys(gradients).toSorted()).toEqual([...Object.keys(expected), 'x'].toSorted())
    for (const [key, value] of Object.entries(expected)) {
      expect([key, distanceToTorch(gradients[key]!, value) < 1e-3]).toEqual([key, true])
    }
  })
})

it('at the paper’s size they have as many parameters as torch’s (G11, G12)', () => {
  // Their values do not matter here, and Jest's sandbox takes a minute for 14 million normals.
  const still: Rng = { ...rng(0), fork: () => still, normals: (n) => new Float32Array(n) }
  const count = (network: Layer): number => tf.tidy(() => parameterCount(network.init(still, [64, 64, 1])))
  expect(count(cycleGanGenerator())).toBe(fixture.parameters.generator)
  expect(count(patchGan())).toBe(fixture.parameters.discriminator)
})

it('one logit of the discriminator sees 70 pixels (G12)', () => {
  // a layer adds (kernel − 1) steps of all the strides before it
  const [field] = PATCH_STRIDES.reduce<[field: number, step: number]>(
    ([field, step], stride) => [field + (4 - 1) * step, step * stride],
    [1, 1],
  )
  expect(field).toBe(70)
  tf.tidy(() => {
    const kernels = Object.entries(patchGan({ filters: 1 }).init(rng(0), [64, 64, 1]))
    expect(kernels.filter(([name]) => name.endsWith('weight')).map(([, w]) => w.shape[0])).toEqual([4, 4, 4, 4, 4])
  })
  expect(patchGan().outputShape([512, 512, 1])).toEqual([62, 62, 1])
})

it('with a path from input to output the untrained generator returns its input', () => {
  const generator = cycleGanGenerator({ filters: 2, blocks: 1, skip: true })
  tf.tidy(() => {
    const x = tf.mul(formula('film', [2, 16, 16, 1]), 1)
    const { y } = generator.apply(generator.init(rng('weights'), [16, 16, 1]), x, { training: true })
    expect(y.dataSync()).toEqual(x.dataSync())
  })
})

it('starts as CycleGAN’s code: weights N(0, .02²), biases 0; equal seeds give equal weights', () => {
  tf.tidy(() => {
    const of = (seed: string): Params => cycleGanGenerator({ filters: 4, blocks: 1 }).init(rng(seed), [16, 16, 1])
    const weights = of('a')
    const std = tf.moments(weights['blocks.0.conv1.weight']!).variance.sqrt().dataSync()[0]!
    expect(Math.abs(std / 0.02 - 1)).toBeLessThan(0.06) // 2,304 numbers: four standard errors
    expect(weights['head.bias']!.dataSync()).toEqual(new Float32Array(1))
    expect(of('a')['up1.weight']!.dataSync()).toEqual(weights['up1.weight']!.dataSync())
    expect(of('b')['up1.weight']!.dataSync()).not.toEqual(weights['up1.weight']!.dataSync())
  })
})
