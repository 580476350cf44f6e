import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import type { Tensor } from '@tensorflow/tfjs-core'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import { compileFunction, type Tensors } from '../compileFunction.ts'
import { affineGrid } from './affineGrid.ts'
import { boxDownsample, boxDownsamplePortable, boxUpsample, boxUpsamplePortable } from './boxResize.ts'
import { gridSample } from './gridSample.ts'
import { leakyRelu, leakyReluPortable } from './leakyRelu.ts'
import { mirrorPad, mirrorPadPortable, type Paddings } from './mirrorPad.ts'

type Case = { readonly shape: Array<number>; readonly value: Array<number>; readonly gradients: Array<Array<number>> }
const fixture = JSON.parse(readFileSync(new URL('./fixtures/torch.json', import.meta.url), 'utf8')) as {
  readonly inputs: { readonly theta: Array<number>; readonly grid: Array<number> }
  readonly cases: Record<string, Case>
}

let tf: Tfjs
beforeAll(async () => {
  tf = await loadRuntime()
})
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

/** The inputs of tools/oracles/tensor_ops.py. */
const wave = (shape: Array<number>, k: number) => {
  const n = shape.reduce((a, b) => a * b, 1)
  return tf.tensor(
    Float32Array.from({ length: n }, (_, i) => Math.sin(1 + 0.7 * k * i)),
    shape,
  )
}
const film = () => wave([2, 5, 6, 2], 1)
const even = () => wave([2, 4, 6, 2], 1)
const theta = () => tf.tensor(fixture.inputs.theta, [3, 2, 3])
const grid = () => tf.tensor(fixture.inputs.grid, [2, 4, 3, 2])

const expectClose = (actual: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number) => {
  expect(actual.length).toBe(wanted.length)
  let worst = 0
  for (let i = 0; i < wanted.length; i++) {
    worst = Math.max(
      worst,
      Math.abs((actual[i] as number) - (wanted[i] as number)) / Math.max(1, Math.abs(wanted[i] as number)),
    )
  }
  expect(worst).toBeLessThan(tolerance)
}

const pads: Paddings = [
  [0, 0],
  [1, 4],
  [2, 3],
  [0, 0],
]

const cases: Array<[string, () => Array<Tensor>, (...inputs: Array<Tensor>) => Tensor]> = [
  ['reflect', () => [film()], (x) => mirrorPad(x, pads, 'reflect')],
  ['leakyRelu', () => [film()], (x) => leakyRelu(x, 0.2)],
  ['boxDownsample', () => [even()], (x) => boxDownsample(x, 2)],
  ['boxUpsample', () => [even()], (x) => boxUpsample(x, 2)],
  ['affineGrid', () => [theta()], (t) => affineGrid(t, 4, 5)],
  ['affineGridCorners', () => [theta()], (t) => affineGrid(t, 4, 5, true)],
  ['sampleZeros', () => [film(), grid()], (x, g) => gridSample(x, g)],
  ['sampleBorder', () => [film(), grid()], (x, g) => gridSample(x, g, { padding: 'border' })],
  ['sampleZerosCorners', () => [film(), grid()], (x, g) => gridSample(x, g, { alignCorners: true })],
  [
    'sampleBorderCorners',
    () => [film(), grid()],
    (x, g) => gridSample(x, g, { padding: 'border', alignCorners: true }),
  ],
]

describe.each(cases)('%s', (name, inputs, op) => {
  const wanted = fixture.cases[name] as Case
  const loss = (...xs: Array<Tensor>) => tf.sum(tf.mul(op(...xs), wave(wanted.shape, 3)))

  it('has the values and gradients of PyTorch, eagerly and in a graph, and leaves no tensors', () => {
    const xs = inputs()
    const before = tf.memory().numTensors
    const f = (named: Tensors) => {
      const list = xs.map((_, i) => named[`x${i}`] as Tensor)
      return Object.fromEntries([
        ['y', op(...list)],
        ...tf
          .grads(loss)(list)
          .map((g, i) => [`g${i}`, g]),
      ]) as Record<string, Tensor>
    }
    const compiled = compileFunction(f)
    const eager = tf.tidy(() => f(Object.fromEntries(xs.map((x, i) => [`x${i}`, x]))))
    const graph = compiled(Object.fromEntries(xs.map((x, i) => [`x${i}`, x])))
    for (const outputs of [eager, graph]) {
      expect(outputs['y']?.shape).toEqual(wanted.shape)
      expectClose(outputs['y']?.dataSync() as Float32Array, wanted.value, 1e-5)
      xs.forEach((_, i) =>
        expectClose(outputs[`g${i}`]?.dataSync() as Float32Array, wanted.gradients[i] as Array<number>, 1e-4),
      )
    }
    expect(Object.values(graph).map((t) => t.dataSync())).toEqual(Object.values(eager).map((t) => t.dataSync()))
    tf.dispose([eager, graph])
    expect(tf.memory().numTensors).toBe(before)
    compiled.dispose()
  })

  it('has the gradient of finite differences', () => {
    const xs = inputs()
    const grads = tf.grads(loss)(xs)
    xs.forEach((x, i) => {
      // Along a fixed direction, away from kinks: (L(x + e d) - L(x - e d)) / 2e.
      const direction = wave(x.shape, 5)
      const at = (eps: number) =>
        loss(...xs.map((other, j) => (i === j ? tf.add(x, tf.mul(direction, eps)) : other))).dataSync()[0] as number
      const eps = 1e-3
      const slope = (at(eps) - at(-eps)) / (2 * eps)
      const wantedSlope = tf.sum(tf.mul(grads[i] as Tensor, direction)).dataSync()[0] as number
      expect(Math.abs(slope - wantedSlope)).toBeLessThan(2e-2 * Math.max(1, Math.abs(slope)))
    })
  })
})

describe('portable compositions', () => {
  it.each<[string, () => Tensor, (x: Tensor) => Tensor, (x: Tensor) => Tensor]>([
    ['reflect', film, (x) => mirrorPad(x, pads, 'reflect'), (x) => mirrorPadPortable(x, pads, 'reflect')],
    ['symmetric', film, (x) => mirrorPad(x, pads, 'symmetric'), (x) => mirrorPadPortable(x, pads, 'symmetric')],
    ['leakyRelu', film, (x) => leakyRelu(x, 0.2), (x) => leakyReluPortable(x, 0.2)],
    ['boxDownsample', even, (x) => boxDownsample(x, 2), (x) => boxDownsamplePortable(x, 2)],
    ['boxUpsample', even, (x) => boxUpsample(x, 3), (x) => boxUpsamplePortable(x, 3)],
  ])('%s: values, gradients and gradients of gradients agree with the kernel', (_, input, kernel, portable) => {
    const x = input()
    const penalty = (op: (x: Tensor) => Tensor) => (y: Tensor) => {
      const weight = wave(op(x).shape, 3)
      const g = tf.grad((z: Tensor) => tf.sum(tf.mul(tf.square(op(z)), weight)))(y)
      return tf.sum(tf.square(g))
    }
    expectClose(kernel(x).dataSync(), portable(x).dataSync(), 1e-6)
    const second = [kernel, portable].map((op) =>
      tf
        .grad(penalty(op) as never)(x)
        .dataSync(),
    )
    expectClose(second[0] as Float32Array, second[1] as Float32Array, 1e-4)
  })
})

describe('by hand', () => {
  it('mirrors without and with the edge, and folds the mirrored pixels back', () => {
    const row = tf.tensor([1, 2, 3])
    expect([...mirrorPad(row, [[2, 1]], 'reflect').dataSync()]).toEqual([3, 2, 1, 2, 3, 2])
    expect([...mirrorPad(row, [[2, 1]], 'symmetric').dataSync()]).toEqual([2, 1, 1, 2, 3, 3])
    // Reflected: 1 is seen once, 2 three times, 3 twice.
    expect([
      ...tf
        .grad((x: Tensor) => tf.sum(mirrorPad(x, [[2, 1]], 'reflect')))(row)
        .dataSync(),
    ]).toEqual([1, 3, 2])
  })

  it('reads a film at the identity unchanged, and half a pixel to the right as the mean of neighbours', () => {
    const x = wave([1, 4, 4, 1], 1)
    const identity = tf.tensor([1, 0, 0, 0, 1, 0], [1, 2, 3])
    expectClose(gridSample(x, affineGrid(identity, 4, 4)).dataSync(), x.dataSync(), 1e-6)
    const half = tf.tensor([1, 0, 0.25, 0, 1, 0], [1, 2, 3])
    const [a, b] = [0, 1].map((i) => x.dataSync()[i] as number)
    expect(gridSample(x, affineGrid(half, 4, 4)).dataSync()[0]).toBeCloseTo(((a as number) + (b as number)) / 2, 5)
  })

  it('refuses a factor that does not divide the film', () => {
    expect(() => boxDownsample(film(), 2)).toThrow(/\[2, 5, 6, 2\] and 2/)
  })
})
