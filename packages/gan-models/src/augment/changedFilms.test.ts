// Changes of films by hand, and against torch: cut out of padded films, with brightness first as DiffAugment has it, a penalty by
// create_graph.
import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { valueAndGradients } from '@radiograft/nn'
import { formula } from '@radiograft/nn/testing'
import { inputGradient } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { distanceToTorch, type Picks } from '@radiograft/testing'
import fixture from '../fixtures/torch-dcgan.json' with { type: 'json' }
import { changedFilms, type FilmChanges } from './changedFilms.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const perFilm = (...values: ReadonlyArray<number>): tf.Tensor => tf.tensor4d([...values], [values.length, 1, 1, 1])

interface Case {
  readonly outside: 'reflect' | 'black'
  readonly boxReach: number
  readonly height: number
  readonly width: number
  readonly changes: Record<keyof FilmChanges, number[]>
  readonly y: Picks
  readonly dx: Picks
  readonly penalty: number
  readonly dv: Picks
}

it.each(Object.entries(fixture.augmentations as unknown as Record<string, Case>))(
  '%s: all changes equal torch, and so do both gradients',
  (_, { outside, boxReach, height, width, changes: values, ...truth }) => {
    const shape = [6, height, width, 1]
    const changes: FilmChanges = Object.fromEntries(Object.entries(values).map(([name, v]) => [name, perFilm(...v)]))
    const changed = (x: tf.Tensor): tf.Tensor => changedFilms(x, changes, { outside, boxReach })
    const films = formula('augment.films', shape)
    expect(distanceToTorch(changed(films), truth.y)).toBeLessThan(1e-6)
    const dx = tf.grad((x) => tf.sum(tf.mul(changed(x), formula('augment.dy', shape))))(films)
    expect(distanceToTorch(dx, truth.dx)).toBeLessThan(1e-6)

    // through `inputGradient`, which refuses every op that is not known to be right to second order
    const v = tf.add(1.5, formula('augment.critic', [1, height, width, 1]))
    const { loss, gradients } = valueAndGradients(
      (params) => {
        const slope = inputGradient((x) => tf.softplus(tf.mul(changed(x), params['v']!)), films)
        const norm = tf.sqrt(tf.sum(tf.square(slope), [1, 2, 3]))
        return { loss: tf.mean(tf.square(tf.sub(norm, 1))), aux: {} }
      },
      { v },
    )
    expect(loss.dataSync()[0]).toBeCloseTo(truth.penalty, 4)
    expect(distanceToTorch(gradients['v']!, truth.dv)).toBeLessThan(1e-4)
  },
)

const still = { outside: 'black', boxReach: 0 } as const
const values = (t: tf.Tensor): number[] => [...t.dataSync()]
const film = (rows: number, columns: number, ...pixels: ReadonlyArray<number>): tf.Tensor =>
  tf.tensor4d([...pixels], [1, rows, columns, 1])

it('by hand: grey', () => {
  // 0, .2, .4 with the mean .2: twice as far from it, then .1 more
  const x = film(1, 3, 0, 0.2, 0.4)
  values(changedFilms(x, { contrast: perFilm(2), brightness: perFilm(0.1) }, still)).forEach((v, i) =>
    expect(v).toBeCloseTo([-0.1, 0.3, 0.7][i]!, 6),
  )
  expect(values(changedFilms(x, { brightness: perFilm(0.9) }, still)).at(-1)).toBeCloseTo(1.3, 6) // not cut
})

it('by hand: moved by whole pixels, to the last bit; what comes in is the mirror image, or black', () => {
  const x = film(1, 5, 0.1, 0.2, 0.3, 0.4, 0.5)
  const moved = (right: number, outside: 'reflect' | 'black') =>
    values(changedFilms(x, { right: perFilm(right) }, { outside, boxReach: 0 }))
  expect(moved(2, 'reflect')).toEqual([0.3, 0.2, 0.1, 0.2, 0.3].map(Math.fround))
  expect(moved(-2, 'reflect')).toEqual([0.3, 0.4, 0.5, 0.4, 0.3].map(Math.fround))
  expect(moved(0, 'reflect')).toEqual(values(x))
  expect(moved(2, 'black')).toEqual([-1, -1, 0.1, 0.2, 0.3].map(Math.fround))
  const column = tf.reshape(x, [1, 5, 1, 1])
  expect(values(changedFilms(column, { down: perFilm(1) }, { outside: 'reflect', boxReach: 0 }))).toEqual(
    [0.2, 0.1, 0.2, 0.3, 0.4].map(Math.fround),
  )
})

it('by hand: mirrored, then moved; rows and channels stay together', () => {
  const x = film(2, 3, 1, 2, 3, 4, 5, 6)
  const reflect = { outside: 'reflect', boxReach: 0 } as const
  expect(values(changedFilms(x, { flip: perFilm(1) }, reflect))).toEqual([3, 2, 1, 6, 5, 4])
  expect(values(changedFilms(x, { flip: perFilm(1), right: perFilm(1) }, reflect))).toEqual([2, 3, 2, 5, 6, 5])
  const colour = tf.tensor4d([1, 10, 2, 20, 3, 30, 4, 40], [1, 2, 2, 2])
  expect(values(changedFilms(colour, { down: perFilm(1), right: perFilm(1) }, reflect))).toEqual([
    4, 40, 3, 30, 2, 20, 1, 10,
  ])
})

it('by hand: a box of 2 · reach + 1 pixels, cut off at the edge, in the films that have one', () => {
  const x = tf.ones([2, 4, 4, 1])
  const box = { box: perFilm(1, 0), boxRow: perFilm(0, 0), boxColumn: perFilm(2, 2) }
  const [first, second] = tf.unstack(changedFilms(x, box, { outside: 'black', boxReach: 1 }))
  expect(tf.squeeze(first!, [2]).arraySync()).toEqual([
    [1, 0, 0, 0],
    [1, 0, 0, 0],
    [1, 1, 1, 1],
    [1, 1, 1, 1],
  ])
  expect(values(second!)).toEqual(Array(16).fill(1))
})
