import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { executeKernel1 } from '../compile/executeKernel.ts'
import { nodeBackend } from '../compile/nodeBinding.ts'
import { compileFunction } from '../compileFunction.ts'
import { loadRuntime } from '../node/index.ts'
import { convolve } from './convolve.ts'
import fixture from './fixtures/convolve.json' with { type: 'json' }
import { fusedBackend, withPortableOps } from './portable.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

/** As in tools/oracles/tensor_convolve.py. */
const noise = (shape: ReadonlyArray<number>, k: number): Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => {
      const v = 43758.5453 * Math.sin(12.9898 * k * (i + 1))
      return 2 * (v - Math.floor(v)) - 1
    }),
    [...shape],
  )
const sides = (pad: number) => ({ top: pad, bottom: pad, left: pad, right: pad })
const kernel = (name: string, attributes: Record<string, number>, ...inputs: Tensor[]): Tensor =>
  executeKernel1(nodeBackend()!, name, attributes, inputs)

/** Kernels of our own on this machine: every case below would else compare TensorFlow with itself. */
const ours = (): boolean => fusedBackend('winograd') !== undefined

type Digest = { readonly shape: number[]; readonly size: number; readonly values: number[] }
/** Largest deviation at the fixture's places, and of the sum of |v|, over the largest value. */
const deviation = (actual: Tensor, truth: Digest): number => {
  expect(actual.shape).toEqual(truth.shape)
  const flat = actual.dataSync() as Float32Array
  const scale = Math.max(...truth.values.map(Math.abs), truth.size / flat.length)
  const size = flat.reduce((sum, v) => sum + Math.abs(v), 0)
  return Math.max(
    Math.abs(size - truth.size) / truth.size,
    ...truth.values.map((v, i) => Math.abs(flat[Math.floor((i * (flat.length - 1)) / 39)]! - v) / scale),
  )
}

it.each(fixture.cases.map((c) => [`[${c.films.join(', ')}] → ${c.outputs}, pad ${c.pad}`, c] as const))(
  'values and gradients are those of PyTorch: %s',
  (_, { films, outputs, pad, y, dx, dw }) => {
    const [x, filter] = [noise(films, 1), noise([3, 3, films[3]!, outputs], 2)]
    const dy = noise(y.shape, 3)
    // the kernels themselves
    expect(ours()).toBe(true)
    expect(deviation(kernel('RadiograftWinograd', { pad, turned: 0 }, x, filter), y)).toBeLessThan(2e-6)
    expect(deviation(kernel('RadiograftWinograd', { pad: 2 - pad, turned: 1 }, dy, filter), dx)).toBeLessThan(2e-6)
    expect(deviation(kernel('RadiograftWinogradFilterGradient', { pad }, x, dy), dw)).toBeLessThan(5e-6)
    // and as the gradients of `convolve`
    const [gx, gw] = tf.grads((a: Tensor, b: Tensor) => tf.sum(tf.mul(convolve(a, b, { pads: sides(pad) }), dy)))([
      x,
      filter,
    ])
    expect(deviation(gx!, dx)).toBeLessThan(2e-6)
    expect(deviation(gw!, dw)).toBeLessThan(5e-6)
  },
)

it('ones under a filter of ones: as many as lie inside', () => {
  const y = kernel('RadiograftWinograd', { pad: 1, turned: 0 }, tf.ones([1, 4, 5, 16]), tf.ones([3, 3, 16, 16]))
  const rows = [4, 6, 6, 6, 4, 6, 9, 9, 9, 6, 6, 9, 9, 9, 6, 4, 6, 6, 6, 4] // films [4, 5]: corners 4, edges 6
  expect([...y.dataSync()]).toEqual(rows.flatMap((n) => Array.from({ length: 16 }, () => 16 * n)))
})

it('one bright pixel shows the filter turned, and its gradient the filter as it is', () => {
  const x = tf.buffer([1, 6, 6, 16])
  x.set(1, 0, 2, 3, 5)
  const filter = noise([3, 3, 16, 17], 1)
  const y = tf.slice(
    kernel('RadiograftWinograd', { pad: 1, turned: 0 }, x.toTensor(), filter),
    [0, 1, 2, 0],
    [1, 3, 3, 17],
  )
  const expected = tf.reverse(tf.slice(filter, [0, 0, 5, 0], [3, 3, 1, 17]), [0, 1])
  const off = tf.max(tf.abs(tf.sub(tf.reshape(y, [-1]), tf.reshape(expected, [-1])))).dataSync()[0]
  expect(off).toBeLessThan(3e-7)
})

it('second derivatives are those of the composition', () => {
  // Σ (∂ Σ conv(x, w)² / ∂x)² by w: a penalty on a gradient
  const [x, filter] = [noise([4, 9, 8, 16], 1), noise([3, 3, 16, 16], 2)]
  const penalty = (w: Tensor) => {
    const dx = tf.grad((a: Tensor) => tf.sum(tf.square(convolve(a, w, { pads: sides(1) }))))(x)
    return tf.sum(tf.square(dx)) as tf.Scalar
  }
  const mine = tf
    .grad(penalty as (w: Tensor) => Tensor)(filter)
    .dataSync()
  const theirs = withPortableOps(() =>
    tf
      .grad(penalty as (w: Tensor) => Tensor)(filter)
      .dataSync(),
  )
  const scale = Math.max(...theirs.map(Math.abs))
  expect(Math.max(...mine.map((v, i) => Math.abs(v - theirs[i]!))) / scale).toBeLessThan(1e-5)
})

it('a graph has the same bits, and so has every repetition', () => {
  const [x, filter] = [noise([8, 16, 16, 32], 1), noise([3, 3, 32, 48], 2)]
  const f = ({ x, filter }: { readonly x: Tensor; readonly filter: Tensor }) => {
    const [dx, dw] = tf.grads((a: Tensor, b: Tensor) => tf.sum(tf.sin(convolve(a, b, { pads: sides(1) }))))([x, filter])
    return { y: convolve(x, filter, { pads: sides(1) }), dx: dx!, dw: dw! }
  }
  // digests: comparing long buffers by expect takes a minute
  const bits = (out: Readonly<Record<string, Tensor>>) =>
    Object.values(out).map((t) => createHash('sha256').update(t.dataSync()).digest('hex'))
  const eager = bits(f({ x, filter }))
  const compiled = compileFunction(f)
  for (let i = 0; i < 5; i++) expect(bits(compiled({ x, filter }))).toEqual(eager)
  compiled.dispose()
})

it('not a number stays where it can reach, and does not spread to other films', () => {
  const x = tf.buffer([2, 16, 16, 16])
  x.set(NaN, 0, 5, 5, 0)
  const y = kernel('RadiograftWinograd', { pad: 1, turned: 0 }, x.toTensor(), noise([3, 3, 16, 16], 1))
  const [first, second] = tf.split(y, 2).map((film) => film.dataSync().filter(Number.isNaN).length)
  expect(first).toBeGreaterThan(0)
  expect(second).toBe(0)
})

it.each([
  ['films and filter differ in channels', [1, 8, 8, 16], [3, 3, 17, 16], 1],
  ['a filter [3, 3, C, O] is needed', [1, 8, 8, 16], [5, 5, 16, 16], 1],
  ['smaller than the filter', [1, 2, 8, 16], [3, 3, 16, 16], 0],
] as const)('refuses: %s', (why, films, filter, pad) => {
  expect(() => kernel('RadiograftWinograd', { pad, turned: 0 }, noise(films, 1), noise(filter, 2))).toThrow(why)
})
