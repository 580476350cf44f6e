import { afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { compileFunction } from '../compileFunction.ts'
import { loadRuntime } from '../node/index.ts'
import { affine, affinePortable } from './affine.ts'
import { fusedBackend, withPortableOps } from './portable.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const wave = (shape: ReadonlyArray<number>, k: number): Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1 + 0.7 * k * i)),
    [...shape],
  )
const values = (tensors: ReadonlyArray<Tensor>): number[][] => tensors.map((t) => [...t.dataSync()])

it('the kernels are there: what follows would else compare TensorFlow with itself', () => {
  expect(fusedBackend()).toBeDefined()
})

it('two channels by hand: z = [3, -1], [-1, 5] with scales 2, -3 and offsets 1, 2', () => {
  const [x, scale, offset] = [tf.tensor2d([1, 1, -1, -1], [2, 2]), tf.tensor1d([2, -3]), tf.tensor1d([1, 2])]
  expect(values([1, 0, 0.5].map((slope) => affine(x, scale, offset, { slope })))).toEqual([
    [3, -1, -1, 5],
    [3, 0, 0, 5],
    [3, -0.5, -0.5, 5],
  ])
  // of the sum of y · [1, 10; 100, 1000] with slope 1/2: dz = [1, 5; 50, 1000]
  const weights = tf.tensor2d([1, 10, 100, 1000], [2, 2])
  const gradients = tf.grads((a: Tensor, b: Tensor, c: Tensor) =>
    tf.sum(tf.mul(affine(a, b, c, { slope: 0.5 }), weights)),
  )
  expect(values(gradients([x, scale, offset]))).toEqual([
    [2, -15, 100, -3000],
    [1 - 50, 5 - 1000],
    [51, 1005],
  ])
})

// channels that eight divides, that it does not, and one; more rows than one item; the last item short
it.each([
  [[2, 5, 6, 16], 0],
  [[3, 7, 5, 19], 0.2],
  [[9, 64, 50, 1], 0],
  [[2, 3, 4, 33], 1],
  [[4, 3], 0],
] as const)(
  '[%j] with slope %d: value and gradients are those of the composition, in a graph with the eager bits',
  (shape, slope) => {
    const channels = shape.at(-1) as number
    const inputs = { x: wave(shape, 1), scale: wave([channels], 2), offset: wave([channels], 3) }
    // of one sign: sums that cancel would show float32's own error
    const dy = tf.add(wave(shape, 5), 1.5)
    const f =
      (op: typeof affinePortable) =>
      ({ x, scale, offset }: typeof inputs): Record<string, Tensor> => {
        const grads = tf.grads((a: Tensor, b: Tensor, c: Tensor) => op(a, b, c, { slope }))([x, scale, offset], dy)
        return { y: op(x, scale, offset, { slope }), ...Object.fromEntries(grads.map((g, i) => [`g${i}`, g])) }
      }
    const ours = f(affine)(inputs)
    for (const [name, expected] of Object.entries(withPortableOps(() => f(affinePortable)(inputs)))) {
      const [a, b] = [ours[name]!.dataSync(), expected.dataSync()]
      const scale = Math.max(...b.map(Math.abs))
      expect([name, ours[name]!.shape]).toEqual([name, expected.shape])
      expect(Math.max(...a.map((v, i) => Math.abs(v - b[i]!))) / scale).toBeLessThan(2e-6)
    }
    const compiled = compileFunction(f(affine))
    const graph = compiled(inputs)
    for (const [name, tensor] of Object.entries(ours))
      expect([name, graph[name]!.dataSync()]).toEqual([name, tensor.dataSync()])
    compiled.dispose()
  },
)

it('second derivatives are those of the composition', () => {
  const [x, scale, offset] = [wave([3, 4, 5], 1), wave([5], 2), wave([5], 3)]
  const penalty = (op: typeof affinePortable) => (s: Tensor) => {
    const dx = tf.grad((a: Tensor) => tf.sum(tf.square(op(a, s, offset, { slope: 0.2 }))))(x)
    return tf.sum(tf.square(dx))
  }
  const [mine, theirs] = [affine, affinePortable].map((op) => tf.grad(penalty(op))(scale).dataSync()) as [
    Float32Array,
    Float32Array,
  ]
  theirs.forEach((v, i) => expect(Math.abs(mine[i]! - v)).toBeLessThan(1e-4 * Math.max(...theirs.map(Math.abs))))
  expect(Math.max(...theirs.map(Math.abs))).toBeGreaterThan(1)
})

it('refuses scales of another number of channels', () => {
  expect(() => affine(tf.zeros([2, 3]), tf.zeros([4]), tf.zeros([3]))).toThrow('scale and offset [C] are needed')
})
