import { beforeAll, expect, it } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { comparedSide, coverage, comparedPixels } from './coverage.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const column = (...values: number[]) => ({ values: Float64Array.from(values), rows: values.length, columns: 1 })

it('by hand: shares inside balls to the third neighbour, of four points that is the farthest', () => {
  // radii of 0, 1, 2, 4: 4, 3, 2, 4, so the region is [−4, 8]; of 7, 8, 9, 20: 13, 12, 11, 13: [−6, 33]; of 4, 4, 4, 5: 1: [3, 6]
  const validation = column(0, 1, 2, 4)
  expect(coverage({ validation, training: column(7, 8, 9, 20), generated: column(4, 4, 4, 5) })).toEqual({
    precision: 1,
    recall: 0.25,
    realPrecision: 0.5,
    realRecall: 1,
  })
})

it('one film again and again reaches nothing, though it may be a good one', () => {
  const validation = column(0, 1, 2, 4, 5)
  const { recall, precision } = coverage({ validation, training: validation, generated: column(3, 3, 3, 3, 3) })
  expect([recall, precision]).toEqual([0, 1])
})

it('films are compared by means of boxes, at 16² at most', () => {
  expect([4, 16, 1024].map(comparedSide)).toEqual([4, 16, 16])
  const before = tf.memory().numTensors
  tf.tidy(() => {
    const films = tf.tensor4d(
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, ...Array(16).fill(1)],
      [2, 4, 4, 1],
    )
    expect(comparedPixels(films, 2)).toEqual(Float32Array.of(2.5, 4.5, 10.5, 12.5, 1, 1, 1, 1))
    expect(comparedPixels(films, 4)).toEqual(films.dataSync())
  })
  expect(tf.memory().numTensors).toBe(before)
})
