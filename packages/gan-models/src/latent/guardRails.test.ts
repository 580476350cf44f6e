import { beforeAll, describe, expect, it } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { ClassScore, FrozenGenerator } from './FrozenGenerator.ts'
import { guardRails, type Judge } from './guardRails.ts'
import { optimiseLatent } from './optimiseLatent.ts'

beforeAll(() => loadRuntime({ threads: 1 }))

describe('guardRails', () => {
  /** Pixel k of the film is z_k: films [B, 2, 2, 1]. */
  const identity: FrozenGenerator = { params: {}, generate: (z) => tf.reshape(z, [-1, 2, 2, 1]) }
  const judge: Judge = {
    classes: ['mass', 'effusion', 'normal', 'scar'],
    scores: (films) => tf.reshape(films, [-1, 4]),
  }
  const training = [Float32Array.of(0, 2, 0, 0), Float32Array.of(1, 1, -1, -1)]
  const distance = (film: Float32Array) =>
    Math.min(...training.map((of) => Math.hypot(...film.map((v, i) => v - of[i]!))))

  it('by hand: from (1, 1, 1, 1) to (2, 0, 0, 0) of four classes', async () => {
    const got = await guardRails({
      generator: identity,
      judge,
      target: 'mass',
      start: [1, 1, 1, 1],
      end: [1, 1.5, -0.5, 1.4],
      distance,
    })
    expect(got.judged).toEqual({ start: 1, end: 1, rise: 0 }) // the judge does not see what the guide saw
    expect(got.others.map(({ name }) => name)).toEqual(['effusion', 'scar', 'normal'])
    expect(got.others.map(({ rise }) => rise)).toEqual([0.5, 0.4, -1.5].map((v) => expect.closeTo(v, 6)))
    expect(got.rose).toEqual(['effusion'])
    // to (0, 2, 0, 0): √(1 + 1 + 1 + 1); to (1, 1, −1, −1): √8. Then √(1 + .25 + .25 + 1.96) against √(.25 + .25 + 5.76)
    expect(got.nearest.start).toBeCloseTo(2, 6)
    expect(got.nearest.end).toBeCloseTo(Math.sqrt(3.46), 6)
  })

  it('a search that games its guide is seen by the second classifier, one that does not is too', async () => {
    // the guide is fooled by pixel 3 ten times as much as it looks at pixel 0, where the class is
    const guide =
      (weights: number[]): ClassScore =>
      (films) =>
        tf.matMul(tf.reshape(films, [-1, 4]), tf.tensor2d(weights, [4, 1]))
    const start = [0.1, 1, 1, 0.1]
    const searched = async (weights: number[]) => {
      const { path } = await optimiseLatent({ generator: identity, score: guide(weights), start })
      return guardRails({
        generator: identity,
        judge,
        target: 'mass',
        start: path[0]!.z,
        end: path.at(-1)!.z,
        distance: () => 0,
      })
    }
    expect((await searched([1, 0, 0, 10])).judged.rise).toBeLessThan(0.1)
    const honest = await searched([1, 0, 0, 0])
    expect(honest.judged.rise).toBeGreaterThan(1.8)
    expect(honest.rose).toEqual([])
  })

  it('refusals', async () => {
    const problem = { generator: identity, judge, target: 'mass', start: [1, 1, 1, 1], end: [1, 1, 1, 1], distance }
    await expect(guardRails({ ...problem, target: 'cyst' })).rejects.toThrow(/does not know cyst, only mass, effusion/)
    await expect(guardRails({ ...problem, end: [1] })).rejects.toThrow(/end: has 1 numbers/)
    await expect(guardRails({ ...problem, judge: { ...judge, classes: ['mass'] } })).rejects.toThrow(
      /each of 1 classes/,
    )
  })
})
