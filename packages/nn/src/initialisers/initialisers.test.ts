import { beforeAll, expect, it } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import { rng } from '@radiograft/random'
import type { Initialiser } from './Initialiser.ts'
import { constant, priorBias } from './constants.ts'
import { fans } from './Initialiser.ts'
import { heNormal, normal, xavierNormal } from './normals.ts'
import { heUniform, torchUniform, xavierUniform } from './uniforms.ts'

beforeAll(() => loadRuntime())

const shape = [3, 3, 16, 64] // fan in 144, fan out 576, 9,216 numbers

it('fans count the window', () => {
  expect(fans(shape)).toEqual({ fanIn: 144, fanOut: 576 })
  expect(fans([5, 7])).toEqual({ fanIn: 5, fanOut: 7 })
})

// A sample standard deviation of 9,216 numbers is within 3 % of the true one by four of its own standard errors.
const spread = (values: Float32Array): number => Math.sqrt(values.reduce((s, v) => s + v * v, 0) / values.length)
const draw = (init: Initialiser): Float32Array => init(rng('w'), shape).dataSync() as Float32Array

it.each<[string, Initialiser, number]>([
  ['normal', normal(0.02), 0.02],
  ['heNormal fan in', heNormal(), Math.sqrt(2 / 144)],
  ['heNormal fan out', heNormal('fanOut'), Math.sqrt(2 / 576)],
  ['xavierNormal', xavierNormal(), Math.sqrt(2 / 720)],
  ['torchUniform', torchUniform, 1 / Math.sqrt(3 * 144)],
  ['heUniform', heUniform(), Math.sqrt(2 / 144)],
  ['xavierUniform', xavierUniform(), Math.sqrt(2 / 720)],
])('%s has its standard deviation', (_, init, std) => {
  expect(Math.abs(spread(draw(init)) / std - 1)).toBeLessThan(0.03)
})

it('uniform ones stay within their bound', () => {
  expect(Math.max(...draw(torchUniform).map(Math.abs))).toBeLessThanOrEqual(1 / 12)
})

it('constants', () => {
  expect(constant(3)(rng(0), [2]).dataSync()).toEqual(new Float32Array([3, 3]))
  const bias = priorBias(0.01)(rng(0), [1]).dataSync()[0]!
  expect(1 / (1 + Math.exp(-bias))).toBeCloseTo(0.01, 6)
})
