// The controller by hand: r of Karras et al. 2020, section 3.1, and how p follows it.
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Params } from '@radiograft/nn'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { augmentState, controlAugment, type AugmentControl, type JudgedFilms } from './augmentControl.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const scores = (...values: ReadonlyArray<number>): tf.Tensor => tf.tensor2d([...values], [values.length, 1])
let fake: tf.Tensor
beforeEach(() => {
  fake = scores(-1)
})
const value = (t: tf.Tensor | undefined): number => t!.dataSync()[0]!
/** p after each step and r at it, of steps with 10 films each */
const follow = (control: AugmentControl, judged: ReadonlyArray<JudgedFilms>, p = 0.1, from = 0, start?: Params) => {
  let state = start ?? augmentState(p)
  return judged.map((one, i) => {
    const step = tf.scalar(from + i, 'int32')
    const next = controlAugment(state, one, { step, films: 10 }, control)
    state = next.state
    return { p: value(state['augment.p']), r: value(next.logs.overfitting), was: value(next.logs.augment) }
  })
}
const near = (found: ReadonlyArray<number>, expected: ReadonlyArray<number>): void => {
  expect(found).toHaveLength(expected.length)
  found.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 6))
}
it('by signs: r is the mean of sign D(real) over four steps, then p moves by films · 4 / images', () => {
  // signs 1, 0 (of 5 and −1), 1, 1: r = 3/4 > .6, p up by 10 · 4 / 1000
  const judged = [scores(1, 9), scores(5, -1), scores(0.1, 2), scores(3, 3)].map((real) => ({ real, fake }))
  const up = follow({ by: 'signs', images: 1000 }, judged)
  near(
    up.map(({ p }) => p),
    [0.1, 0.1, 0.1, 0.14],
  )
  near(
    up.map(({ r }) => r),
    [1, 1 / 2, 2 / 3, 3 / 4],
  )
  expect(up.map(({ was }) => was)).toEqual([0.1, 0.1, 0.1, 0.1].map(Math.fround))
  // two of them: r = 1/2 < .6, p down; the sum starts anew, so that the next four say the next move
  const down = follow({ by: 'signs', images: 1000 }, [
    ...[scores(1), scores(-1), scores(1), scores(1)].map((real) => ({ real, fake })),
    ...Array.from({ length: 4 }, () => ({ real: scores(1), fake })),
  ])
  near(
    down.map(({ p }) => p),
    [0.1, 0.1, 0.1, 0.06, 0.06, 0.06, 0.06, 0.1],
  )
  expect(down.at(-1)!.r).toBe(1)
})

it('500,000 films from 0 to 1 unless told, never below 0 or above the most', () => {
  const sure = Array.from({ length: 4 }, () => ({ real: scores(1), fake }))
  const unsure = sure.map((one) => ({ ...one, real: scores(-1) }))
  near([follow({ by: 'signs' }, sure, 0).at(-1)!.p], [40 / 500_000])
  expect(follow({ by: 'signs', images: 100 }, unsure, 0.1).at(-1)!.p).toBe(0)
  expect(follow({ by: 'signs', images: 100 }, sure, 0.7).at(-1)!.p).toBeCloseTo(0.8, 6)
  expect(follow({ by: 'signs', images: 100, most: 1 }, sure, 0.7).at(-1)!.p).toBe(1)
  // at the target nothing moves
  const half = sure.map(() => ({ real: scores(1, 1, 1, -1), fake }))
  expect(follow({ by: 'signs', images: 100, target: 0.5 }, half, 0.1).at(-1)!.p).toBe(Math.fround(0.1))
})

it('goes by the training’s own count and sums: what is resumed after two of four steps moves after two more', () => {
  const judged = Array.from({ length: 2 }, () => ({ real: scores(1), fake }))
  const resumed: Params = { ...augmentState(0.1), 'augment.sums': tf.tensor1d([2, 0, 0]) }
  const found = follow({ by: 'signs', images: 1000 }, judged, 0.1, 6, resumed)
  near(
    found.map(({ p }) => p),
    [0.1, 0.14],
  )
  expect(found.map(({ r }) => r)).toEqual([1, 1])
})

it('by held-out films: r = (E[real] − E[held]) / (E[real] − E[fake]), of means over the steps', () => {
  // means over two steps: real 3, held 1.5, fake −1: r = 1.5 / 4 < .6. Of the ratios by step, 0 and 1.5, the mean would be .75
  const judged = [
    { real: scores(2, 6), held: scores(4), fake: scores(-2) },
    { real: scores(2), held: scores(-1), fake: scores(0) },
  ]
  const two = follow({ by: 'held-out', every: 2, images: 1000 }, judged)
  near([two[0]!.r, two[1]!.r], [0, 1.5 / 4])
  near([two[1]!.p], [0.1 - 20 / 1000])
  const held = follow({ by: 'held-out', every: 1, images: 1000 }, [
    { real: scores(3), held: scores(-1), fake: scores(-1) }, // held films are taken for generated ones: all by heart
    { real: scores(-1), held: scores(-3), fake: scores(2) }, // it does not tell them apart: nothing is known by heart
  ])
  near([held[0]!.r, held[1]!.r], [1, 0])
  near([held[0]!.p, held[1]!.p], [0.11, 0.1])
  expect(() => follow({ by: 'held-out' }, [{ real: scores(1), fake }])).toThrow('needs some in the batch')
})

it('holds on to no tensors', () => {
  const [state, real, step] = [augmentState(), scores(1), tf.scalar(0, 'int32')]
  const before = tf.memory().numTensors
  tf.dispose(tf.tidy(() => controlAugment(state, { real, fake: real }, { step, films: 1 }, { by: 'signs' })))
  expect(tf.memory().numTensors).toBe(before)
})
