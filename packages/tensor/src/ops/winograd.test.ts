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
import { fusedBackend, fusedKernels, setFusedKernels, withPortableOps } from './portable.ts'

beforeAll(async () => {
  await loadRuntime({ threads: 2 })
  // Where oneDNN's convolutions are faster they are used. The kernels are there all the same, and are tested.
  if (fusedKernels().fused) setFusedKernels({ ...fusedKernels(), filterGradient: true, winograd: true })
})
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

it('the kernels are there: `convolve` would else compare TensorFlow with itself', () => {
  expect(fusedBackend('winograd')).toBeDefined()
})

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
    expect(deviation(kernel('RadiograftWinograd', { pad, turned: 0, narrow: 0 }, x, filter), y)).toBeLessThan(2e-6)
    expect(
      deviation(kernel('RadiograftWinograd', { pad: 2 - pad, turned: 1, narrow: 0 }, dy, filter), dx),
    ).toBeLessThan(2e-6)
    expect(deviation(kernel('RadiograftWinogradFilterGradient', { pad, narrow: 0 }, x, dy), dw)).toBeLessThan(5e-6)
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
  const y = kernel(
    'RadiograftWinograd',
    { pad: 1, turned: 0, narrow: 0 },
    tf.ones([1, 4, 5, 16]),
    tf.ones([3, 3, 16, 16]),
  )
  const rows = [4, 6, 6, 6, 4, 6, 9, 9, 9, 6, 6, 9, 9, 9, 6, 4, 6, 6, 6, 4] // films [4, 5]: corners 4, edges 6
  expect([...y.dataSync()]).toEqual(rows.flatMap((n) => Array.from({ length: 16 }, () => 16 * n)))
})

it('one bright pixel shows the filter turned, and its gradient the filter as it is', () => {
  const x = tf.buffer([1, 6, 6, 16])
  x.set(1, 0, 2, 3, 5)
  const filter = noise([3, 3, 16, 17], 1)
  const y = tf.slice(
    kernel('RadiograftWinograd', { pad: 1, turned: 0, narrow: 0 }, x.toTensor(), filter),
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
    return tf.sum(tf.square(dx))
  }
  const mine = tf.grad(penalty)(filter).dataSync()
  const theirs = withPortableOps(() => tf.grad(penalty)(filter).dataSync())
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

// a pixel at each of the four places in a tile, and in a corner
it.each([
  [5, 5],
  [6, 5],
  [5, 6],
  [6, 6],
  [0, 15],
])(
  'not a number at [%d, %d] reaches the pixels whose filter covers it, in all channels, and no other',
  (row, column) => {
    const x = tf.buffer([2, 16, 16, 16])
    x.set(NaN, 0, row, column, 3)
    const y = kernel(
      'RadiograftWinograd',
      { pad: 1, turned: 0, narrow: 0 },
      x.toTensor(),
      noise([3, 3, 16, 16], 1),
    ).dataSync()
    const reached = Array.from({ length: 2 * 16 * 16 }, (_, pixel) => pixel).filter((pixel) => {
      const channels = y.slice(pixel * 16, pixel * 16 + 16)
      expect(new Set(channels.map((v) => Number(Number.isNaN(v)))).size).toBe(1)
      return Number.isNaN(channels[0])
    })
    const near = (at: number) => [at - 1, at, at + 1].filter((i) => i >= 0 && i < 16)
    expect(reached).toEqual(near(row).flatMap((i) => near(column).map((j) => i * 16 + j)))
  },
)

it('an infinite pixel is infinite or not a number where its filter covers it, and finite elsewhere', () => {
  const x = tf.buffer([1, 16, 16, 16])
  x.set(Infinity, 0, 5, 5, 3)
  const y = kernel(
    'RadiograftWinograd',
    { pad: 1, turned: 0, narrow: 0 },
    x.toTensor(),
    noise([3, 3, 16, 16], 1),
  ).dataSync()
  const pixels = [
    ...new Set(
      Array.from(y.keys())
        .filter((i) => !Number.isFinite(y[i]))
        .map((i) => Math.floor(i / 16)),
    ),
  ]
  expect(pixels).toEqual([4, 5, 6].flatMap((i) => [4, 5, 6].map((j) => i * 16 + j)))
  expect(y.some(Number.isNaN)).toBe(true)
})

it('of no films the gradient by the filter is 0', () => {
  // fills the memory that the kernel keeps
  const [x, dy] = [noise([2, 8, 8, 16], 1), noise([2, 8, 8, 16], 2)]
  kernel('RadiograftWinogradFilterGradient', { pad: 1, narrow: 0 }, x, dy)
  const none = tf.zeros([0, 8, 8, 16])
  const dw = kernel('RadiograftWinogradFilterGradient', { pad: 1, narrow: 0 }, none, none)
  expect(dw.shape).toEqual([3, 3, 16, 16])
  expect(dw.dataSync().every((v) => v === 0)).toBe(true)
})

it.each([
  ['films and filter differ in channels', [1, 8, 8, 16], [3, 3, 17, 16], 1],
  ['a filter [3, 3, C, O] is needed', [1, 8, 8, 16], [5, 5, 16, 16], 1],
  ['smaller than the filter', [1, 2, 8, 16], [3, 3, 16, 16], 0],
] as const)('refuses: %s', (why, films, filter, pad) => {
  expect(() => kernel('RadiograftWinograd', { pad, turned: 0, narrow: 0 }, noise(films, 1), noise(filter, 2))).toThrow(
    why,
  )
})
