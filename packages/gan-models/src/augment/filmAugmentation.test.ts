import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { formula } from '@radiograft/nn/testing'
import { tensorflowStatelessUniform } from '@radiograft/random'
import { compileFunction, inputGradient } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { changedFilms, type FilmChanges } from './changedFilms.ts'
import { filmAugmentation, type AugmentationOptions } from './filmAugmentation.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const [FILMS, SIDE] = [64, 16] as const
const films = (name = 'films'): tf.Tensor => formula(name, [FILMS, SIDE, SIDE, 1])
const seed = (n = 1): tf.Tensor => tf.tensor1d([n, 5], 'int32')
const values = (t: tf.Tensor): Float32Array => t.dataSync() as Float32Array
const apart = (a: tf.Tensor, b: tf.Tensor): number => values(tf.max(tf.abs(tf.sub(a, b))))[0]!
/** of each film, whether it is another one */
const changedOnes = (x: tf.Tensor, y: tf.Tensor): boolean[] =>
  Array.from(values(tf.sum(tf.abs(tf.sub(x, y)), [1, 2, 3])), (v) => v > 1e-3)

it('is what the drawn numbers say: a film is chosen where u < p', () => {
  const p = 0.4
  const u = tensorflowStatelessUniform(12 * FILMS, [1, 5])
  const perFilm = (of: (draw: (i: number) => number) => number): tf.Tensor =>
    tf.tensor4d(
      Array.from({ length: FILMS }, (_, n) => of((i) => u[i * FILMS + n]!)),
      [FILMS, 1, 1, 1],
    )
  const gate = (u: number, p: number): number => (u < p ? 1 : 0)
  const changes: FilmChanges = {
    brightness: perFilm((at) => gate(at(0), p) * (2 * at(1) - 1) * 0.2),
    contrast: perFilm((at) => 1 + gate(at(2), p) * (2 * at(3) - 1) * 0.5),
    // an eighth of 16 pixels: −2 … 2
    down: perFilm((at) => gate(at(4), p) * (Math.floor(at(5) * 5) - 2)),
    right: perFilm((at) => gate(at(4), p) * (Math.floor(at(6) * 5) - 2)),
    box: perFilm((at) => gate(at(7), p)),
    boxRow: perFilm((at) => Math.floor(at(8) * SIDE)),
    boxColumn: perFilm((at) => Math.floor(at(9) * SIDE)),
    flip: perFilm((at) => gate(at(10), p) * gate(at(11), 0.5)),
  }
  const expected = changedFilms(films(), changes, { outside: 'reflect', boxReach: 2 }) // a quarter of 16: (4 − 1) / 2
  expect(apart(filmAugmentation({ flip: true })(films(), seed(), p), expected)).toBeLessThan(1e-6)
  expect(new Set(values(changes.down!))).toEqual(new Set([-2, -1, 0, 1, 2].map((v) => v + 0)))
})

it('at probability 0 films stay as they are, at 1 all change, between them about as many as it says', () => {
  const augment = filmAugmentation()
  expect(apart(augment(films(), seed(), 0), films())).toBe(0)
  expect(changedOnes(films(), augment(films(), seed(), tf.scalar(1))).every(Boolean)).toBe(true)
  const one = filmAugmentation({ contrast: 0, translation: 0, cutout: 0 })
  const chosen = [1, 2, 3, 4].flatMap((n) => changedOnes(films(), one(films(), seed(n), 0.3)))
  const share = chosen.filter(Boolean).length / chosen.length
  expect(Math.abs(share - 0.3)).toBeLessThan(3 * Math.sqrt((0.3 * 0.7) / chosen.length))
})

it('equal seeds, equal changes, whatever the films; other seeds, other changes', () => {
  const shift = filmAugmentation({ contrast: 0, translation: 0, cutout: 0 })
  const change = (x: tf.Tensor, n: number): tf.Tensor => tf.sub(shift(x, seed(n), 0.5), x)
  expect(apart(change(films(), 1), change(films('others'), 1))).toBeLessThan(1e-6)
  expect(apart(change(films(), 1), change(films(), 2))).toBeGreaterThan(0.1)
})

it('what is turned off leaves the other changes as they are; hearts stay left unless asked', () => {
  const only = (options: AugmentationOptions) =>
    filmAugmentation({ brightness: 0, contrast: 0, translation: 0, cutout: 0, ...options })
  expect(apart(only({})(films(), seed(), 1), films())).toBe(0)
  const both = only({ brightness: 0.2, cutout: 0.25 })(films(), seed(), 1)
  const bright = only({ brightness: 0.2 })(films(), seed(), 1)
  const outside = tf.cast(tf.notEqual(both, 0), 'float32')
  expect(apart(tf.mul(bright, outside), both)).toBe(0)
  const flipped = only({ flip: true })(films(), seed(), 1)
  const mirrored = changedOnes(films(), flipped).filter(Boolean).length
  expect(mirrored).toBeGreaterThan(FILMS / 4) // half of those that are chosen
  expect(mirrored).toBeLessThan((3 * FILMS) / 4)
})

it('can be differentiated twice, drawing included: slopes of a penalty are those of finite differences', () => {
  // a critic that sees w · x augmented; P(w) = Σ (∂ Σ critic / ∂x)². In `inputGradient`, so of safe ops alone
  const augment = filmAugmentation({ flip: true })
  const shape = [4, 8, 8, 1]
  const [x, w, direction] = ['x', 'w', 'direction'].map((name) => formula(name, shape))
  const penalty = (w: tf.Tensor): tf.Tensor =>
    tf.sum(tf.square(inputGradient((z) => tf.softplus(tf.mul(augment(tf.mul(w, z), seed(3), 0.8), 2)), x!)))
  const nested = values(tf.sum(tf.mul(tf.grad(penalty as never)(w!), direction!)))[0]!
  const at = (by: number): number => values(penalty(tf.add(w!, tf.mul(direction!, by))))[0]!
  const differences = (at(1e-3) - at(-1e-3)) / 2e-3
  expect(Math.abs(differences)).toBeGreaterThan(0.1)
  expect(Math.abs(nested - differences) / Math.abs(differences)).toBeLessThan(5e-3)
})

it('in a graph: the same numbers, and another probability needs no other graph', () => {
  const augment = filmAugmentation({ outside: 'black', flip: true })
  const compiled = compileFunction(({ x, s, p }) => ({ y: augment(x!, s!, p!) }))
  for (const p of [0.2, 0.9]) {
    const { y } = compiled({ x: films(), s: seed(), p: tf.scalar(p) })
    expect(values(y)).toEqual(values(augment(films(), seed(), p)))
  }
  compiled.dispose()
})

it('refuses strengths that are none', () => {
  expect(() => filmAugmentation({ cutout: 2 })).toThrow('augmentation.cutout: 2 is not from 0 to 1; 0 turns it off')
  expect(() => filmAugmentation({ translation: 0.6 })).toThrow('augmentation.translation')
  expect(() => filmAugmentation({ contrast: Number.NaN })).toThrow('augmentation.contrast')
})
