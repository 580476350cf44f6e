import { expect, test } from '@jest/globals'
import { rng } from '@radiograft/random'
import { attentionPyramid, normaliseAttention } from './residualAttention.ts'

test('attention: a constant reference keeps a quiet film quiet, the maximum of the film does not', () => {
  const quiet = Float32Array.of(0, 0.05)
  expect([...normaliseAttention(quiet, { reference: 0.2 })]).toEqual([0, 0.25])
  const loud = Float32Array.of(0.25, 0.5)
  expect([...normaliseAttention(loud, { reference: 0.25 })]).toEqual([1, 1])
  expect([...normaliseAttention(loud, { by: 'film-max', reference: 0.25 })]).toEqual([0.5, 1])
  expect([...normaliseAttention(quiet, { by: 'film-max', reference: 0.01 })]).toEqual([0, 1])
  expect(() => normaliseAttention(quiet, { reference: 0 })).toThrow('not positive')
})

test('the pyramid of a map keeps its mean at every level', () => {
  const map = rng('map').uniforms(16 * 16)
  const got = attentionPyramid(map, 16, 16, { height: 32, width: 32 }, [3, 4, 5])
  expect(got).toHaveLength(16 + 4 + 1)
  const mean = (v: Float32Array): number => v.reduce((s, x) => s + x, 0) / v.length
  for (const part of [got.subarray(0, 16), got.subarray(16, 20), got.subarray(20)])
    expect(mean(part)).toBeCloseTo(mean(map), 6)
})
