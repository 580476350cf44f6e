// The list against the truth: what it calls safe has the second derivatives of finite differences (eps 1e-3 of pitfalls 3, in
// float32 along one direction), what it calls unsafe is wrong or throws, as it says.
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { boxDownsample, boxUpsample } from './boxResize.ts'
import { convolve, convolveTranspose } from './convolve.ts'
import { inputGradient } from './inputGradient.ts'
import { leakyRelu } from './leakyRelu.ts'
import { maxPool } from './maxPool.ts'
import { normalise } from './normalise.ts'
import { CONSTANT_OPS, SAFE_OPS, UNSAFE_OPS } from './secondOrderOps.ts'

let tf: Tfjs
beforeAll(async () => {
  tf = await loadRuntime()
})
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const SHAPE = [2, 4, 4, 2] as const
/** Numbers of size .3 to .8 of both signs: no kink is nearer than a finite difference goes. */
const signed = (k: number, shape: ReadonlyArray<number> = SHAPE): Tensor => {
  const size = shape.reduce((a, b) => a * b, 1)
  const at = (i: number) => Math.sin(1 + 0.7 * k * i)
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sign(at(i)) * (0.3 + 0.5 * Math.abs(at(i)))),
    [...shape],
  )
}
const filter = (): Tensor => signed(3, [3, 3, 2, 2])
const films = (x: Tensor): Tensor4D => x as Tensor4D
const gamma = (): Tensor => tf.tensor([0.7, 1.2])

/** By kernel: something of a film that uses it. Where the op is linear a square follows, or nothing would be left to second order. */
const safe: Record<string, (x: Tensor) => Tensor> = {
  Abs: (x) => tf.mul(tf.abs(x), tf.square(x)),
  Add: (x) => tf.square(tf.add(x, tf.square(x))),
  AddN: (x) => tf.addN([tf.square(x), x, tf.pow(x, 3)]),
  Cast: (x) => tf.square(tf.cast(tf.square(x), 'float32')),
  Erf: (x) => tf.erf(x),
  Identity: (x) => tf.square(tf.clone(tf.square(x))),
  Log: (x) => tf.log(tf.add(tf.square(x), 0.5)),
  Log1p: (x) => tf.log1p(tf.square(x)),
  Multiply: (x) => tf.mul(tf.mul(x, signed(5, [4, 1, 2])), tf.square(x)),
  Neg: (x) => tf.square(tf.neg(tf.square(x))),
  Pow: (x) => tf.pow(x, 3),
  RealDiv: (x) => tf.div(signed(5), tf.add(tf.square(x), 0.5)),
  Relu: (x) => tf.square(tf.relu(tf.mul(x, tf.square(x)))),
  Rsqrt: (x) => tf.rsqrt(tf.add(tf.square(x), 0.5)),
  Softplus: (x) => tf.softplus(tf.mul(x, 2)),
  Sqrt: (x) => tf.sqrt(tf.add(tf.square(x), 0.5)),
  Square: (x) => tf.square(tf.square(x)),
  SquaredDifference: (x) => tf.squaredDifference(tf.square(x), signed(5)),
  Sub: (x) => tf.square(tf.sub(x, tf.square(x))),
  BatchMatMul: (x) => tf.square(tf.matMul(tf.reshape(x, [2, 32]), tf.reshape(signed(7, [64]), [32, 2]))),
  Conv2D: (x) => tf.square(tf.conv2d(films(x), filter() as Tensor4D, 2, 'same')),
  Conv2DBackpropInput: (x) =>
    tf.square(tf.conv2dTranspose(films(tf.square(x)), filter() as Tensor4D, [2, 8, 8, 2], 2, 'same')),
  FusedBatchNorm: (x) => {
    const { mean, variance } = tf.moments(x, [0, 1, 2])
    return tf.square(tf.batchNorm(films(x), mean as never, variance as never, gamma() as never, gamma() as never))
  },
  Mean: (x) => tf.square(tf.mean(tf.square(x), [1, 3], true)),
  RadiograftConvolve: (x) => tf.square(convolve(x, filter(), { pads: { top: 1, bottom: 1, left: 1, right: 1 } })),
  RadiograftConvolveToFilms: (x) => tf.square(convolveTranspose(tf.square(x), filter(), [9, 9], { stride: 2 })),
  RadiograftMaxPool: (x) => tf.square(maxPool(tf.square(x), { kernel: 3, stride: 2, padding: 1 })),
  RadiograftNorm: (x) => tf.square(normalise(x, gamma(), gamma(), { slope: 0.2 }).y),
  Sum: (x) => tf.square(tf.sum(tf.square(x), [1, 2])),
  Concat: (x) => tf.square(tf.concat([tf.square(x), x], 3)),
  ExpandDims: (x) => tf.square(tf.expandDims(tf.square(x), 1)),
  Pack: (x) => tf.square(tf.stack([tf.square(x), x])),
  PadV2: (x) => tf.pow(tf.add(tf.pad(films(x), [[0, 0], [1, 2], [1, 0], [0, 0]]), 0.5), 3), // prettier-ignore
  Reshape: (x) => tf.square(tf.reshape(tf.square(x), [8, 8])),
  Slice: (x) => tf.square(tf.slice(films(tf.square(x)), [0, 1, 1, 0], [2, 2, 3, 2])),
  SplitV: (x) => tf.square(tf.split(tf.square(x), 2, 3)[1] as Tensor),
  Tile: (x) => tf.square(tf.tile(tf.square(x), [1, 2, 1, 1])),
  Transpose: (x) => tf.square(tf.transpose(tf.square(x), [0, 3, 1, 2])),
  Unpack: (x) => tf.square(tf.unstack(tf.square(x), 3)[1] as Tensor),
}

/** Made of `customGrad`, which has no name on the tape. */
const ours: Record<string, (x: Tensor) => Tensor> = {
  leakyRelu: (x) => tf.square(leakyRelu(tf.mul(x, tf.square(x)), 0.2)),
  boxDownsample: (x) => tf.square(boxDownsample(tf.square(x), 2)),
  boxUpsample: (x) => tf.square(boxUpsample(tf.square(x), 2)),
}

const unsafe: Record<string, (x: Tensor) => Tensor> = {
  Tanh: (x) => tf.tanh(x),
  Sigmoid: (x) => tf.sigmoid(x),
  Exp: (x) => tf.exp(x),
  Softmax: (x) => tf.softmax(x),
  LogSoftmax: (x) => tf.logSoftmax(x),
  Elu: (x) => tf.elu(x),
  Selu: (x) => tf.selu(x),
  LeakyRelu: (x) => tf.leakyRelu(x, 0.2),
  Prelu: (x) => tf.prelu(x, tf.scalar(0.2)),
  Maximum: (x) => tf.maximum(tf.square(x), tf.mul(x, 0.5)),
  Minimum: (x) => tf.minimum(tf.square(x), tf.mul(x, 0.5)),
  Max: (x) => tf.max(tf.square(x), 3),
  Min: (x) => tf.min(tf.square(x), 3),
  ClipByValue: (x) => tf.clipByValue(tf.square(x), 0.1, 0.3),
  AvgPool: (x) => tf.avgPool(films(tf.square(x)), 2, 2, 'valid'),
  MaxPool: (x) => tf.maxPool(films(tf.square(x)), 2, 2, 'valid'),
  ResizeNearestNeighbor: (x) => tf.image.resizeNearestNeighbor(films(tf.square(x)), [8, 8]),
  ResizeBilinear: (x) => tf.image.resizeBilinear(films(tf.square(x)), [8, 8]),
}

type Gradient = (f: (x: Tensor) => Tensor, x: Tensor) => Tensor
const unwatched: Gradient = (f, x) => tf.grad((z) => tf.sum(f(z)))(x)

/** P(w) = Σ (∂/∂x Σ c · f(w x² + w))²: its slope along a direction, by the gradient of the gradient and by finite differences. */
const slopes = (gradient: Gradient, f: (x: Tensor) => Tensor): readonly [nested: number, differences: number] => {
  const [x, direction] = [signed(2), signed(11)]
  // f's own input is a product of the weights, so that the path over f's second derivative is not all there is; around it a
  // path without f's, which hides a derivative that is left out
  const penalty = (w: Tensor): Tensor => {
    const weighted = (z: Tensor): Tensor => {
      const y = f(tf.mul(w, z))
      return tf.mul(y, signed(13, y.shape))
    }
    return tf.sum(tf.square(gradient(weighted, x)))
  }
  const w = signed(4)
  const nested = tf.grad(penalty)(w)
  const eps = 1e-3
  const at = (by: number): number => penalty(tf.add(w, tf.mul(direction, by))).dataSync()[0] as number
  return [tf.sum(tf.mul(nested, direction)).dataSync()[0] as number, (at(eps) - at(-eps)) / (2 * eps)]
}
const distance = ([nested, differences]: readonly [number, number]): number =>
  Math.abs(nested - differences) / Math.max(0.1, Math.abs(differences))

/** Names of the kernels that a function leaves on the tape. */
const kernelsOf = (f: (x: Tensor) => Tensor): Set<string> => {
  const names = new Set<string>()
  const tape = tf.engine() as unknown as { addTapeNode?: (...args: Array<unknown>) => void }
  const original = tape.addTapeNode
  tape.addTapeNode = (...args) => {
    names.add(String(args[0]).replace(/__op$/, ''))
    original?.apply(tape, args)
  }
  try {
    tf.grad((z) => tf.sum(f(z)))(signed(2))
  } finally {
    delete tape.addTapeNode
  }
  return names
}

describe('safe ops', () => {
  it('every entry has a case', () => {
    // the gradient by the filter is in the backward pass of a convolution only
    expect([...Object.keys(safe), 'RadiograftConvolveToFilter'].toSorted()).toEqual([...SAFE_OPS].toSorted())
  })

  it.each(Object.keys(safe))('%s: second derivatives are those of finite differences', (name) => {
    const f = safe[name] as (x: Tensor) => Tensor
    expect(kernelsOf(f)).toContain(name)
    expect(distance(slopes(inputGradient, f))).toBeLessThan(5e-3)
  })

  it.each(Object.keys(ours))('%s, ours: the same', (name) => {
    expect(distance(slopes(inputGradient, ours[name] as (x: Tensor) => Tensor))).toBeLessThan(5e-3)
  })

  it('a gradient by the filter may be differentiated too', () => {
    const byFilter = (x: Tensor): Tensor =>
      inputGradient((w) => tf.square(convolve(x, w, { pads: { top: 1, bottom: 1, left: 1, right: 1 } })), filter())
    expect(
      distance(
        slopes(
          (f, x) => tf.mul(tf.sum(byFilter(tf.mul(x, 1))), f(x)),
          (x) => x,
        ),
      ),
    ).toBeLessThan(5e-3)
  })
})

describe('unsafe ops', () => {
  it('every entry has a case, and none is on two lists', () => {
    expect(Object.keys(unsafe).toSorted()).toEqual(Object.keys(UNSAFE_OPS).toSorted())
    for (const name of Object.keys(unsafe)) expect([SAFE_OPS.has(name), CONSTANT_OPS.has(name)]).toEqual([false, false])
  })

  it.each(Object.keys(unsafe))('%s fails as the list says when nobody watches', (name) => {
    const f = unsafe[name] as (x: Tensor) => Tensor
    if (UNSAFE_OPS[name]?.fails === 'throws') expect(() => slopes(unwatched, f)).toThrow(/gradient function not found/)
    else expect(distance(slopes(unwatched, f))).toBeGreaterThan(0.05)
  })

  it.each(Object.keys(unsafe))('%s is refused by its name', (name) => {
    const f = unsafe[name] as (x: Tensor) => Tensor
    expect(() => slopes(inputGradient, f)).toThrow(
      new RegExp(`^${name} (cannot be differentiated twice|has a gradient)`, 'i'),
    )
  })
})
