// Our kernels and the compositions beside them against PyTorch, against numbers by hand, and to the last bit: eagerly, in a
// graph, on one thread and on two.
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { fileURLToPath } from 'node:url'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { executeKernel1 } from '../compile/executeKernel.ts'
import { nodeBackend } from '../compile/nodeBinding.ts'
import { compileFunction, type Tensors } from '../compileFunction.ts'
import { loadRuntime } from '../node/index.ts'
import { runCommand } from '../node/runCommand.ts'
import { adamUpdate } from './adamUpdate.ts'
import { convolve, convolvePortable, convolveTranspose } from './convolve.ts'
import fixture from './fixtures/fused.json' with { type: 'json' }
import { maxPool, maxPoolPortable } from './maxPool.ts'
import { mirrorPad } from './mirrorPad.ts'
import { normalise, normalisePortable } from './normalise.ts'
import { fusedBackend, fusedKernels, setFusedKernels, withPortableOps } from './portable.ts'
import { squaredSum } from './squaredSum.ts'

beforeAll(async () => {
  await loadRuntime({ threads: 2 })
  // Where oneDNN's convolutions are faster they are used. The kernels are there all the same, and are tested.
  if (fusedKernels().fused) setFusedKernels({ ...fusedKernels(), filterGradient: true, winograd: true })
})
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

/** The inputs of tools/oracles/tensor_fused.py. */
const wave = (shape: ReadonlyArray<number>, k: number, scale = 1, shift = 0): Tensor =>
  tf.tensor(
    Float32Array.from(
      { length: shape.reduce((a, b) => a * b, 1) },
      (_, i) => Math.sin(1 + 0.7 * k * i) * scale + shift,
    ),
    [...shape],
  )

/** The largest deviation over the largest value, `floor` at least. */
const off = (actual: Tensor, wanted: ReadonlyArray<number>, floor = 1e-3): number => {
  const values = actual.dataSync()
  expect(values.length).toBe(wanted.length)
  const scale = Math.max(...wanted.map(Math.abs), floor)
  return Math.max(...wanted.map((v, i) => Math.abs(v - (values[i] as number)))) / scale
}

type Case = { readonly shape: number[]; readonly value: number[]; readonly gradients: number[][] }

/** Value and gradients as PyTorch's; a graph gives the eager bits; nothing stays behind. */
const check = (
  c: Case,
  inputs: Array<Tensor>,
  op: (...xs: Array<Tensor>) => Tensor,
  tolerance = 2e-6,
  floor = 0.3,
): void => {
  const before = tf.memory().numTensors
  const f = (named: Tensors): Record<string, Tensor> => {
    const xs = inputs.map((_, i) => named[`x${i}`] as Tensor)
    const weights = wave(c.shape, 3)
    const gradients = tf.grads((...ys: Array<Tensor>) => tf.sum(tf.mul(op(...ys), weights)))(xs)
    return { y: op(...xs), ...Object.fromEntries(gradients.map((g, i) => [`g${i}`, g])) }
  }
  const named = Object.fromEntries(inputs.map((x, i) => [`x${i}`, x]))
  const eager = tf.tidy(() => f(named))
  expect(eager['y']!.shape).toEqual(c.shape)
  expect(off(eager['y']!, c.value)).toBeLessThan(tolerance)
  c.gradients.forEach((g, i) => expect([i, off(eager[`g${i}`]!, g, floor) < 5 * tolerance]).toEqual([i, true]))
  const compiled = compileFunction(f)
  const graph = compiled(named)
  for (const [name, tensor] of Object.entries(eager))
    expect([name, graph[name]!.dataSync()]).toEqual([name, tensor.dataSync()])
  compiled.dispose()
  tf.dispose([eager, graph])
  expect(tf.memory().numTensors).toBe(before)
}

it('the kernels are there: what follows would else compare TensorFlow with itself', () => {
  expect(fusedBackend()).toBeDefined()
  withPortableOps(() => expect(fusedBackend()).toBeUndefined())
})

describe('normalise', () => {
  const cases = Object.entries(fixture.norms)
  const inputsOf = ({ inputs: [x, c], shift }: (typeof fixture.norms)['group']): Array<Tensor> => [
    wave(x!, 1, 1, shift),
    wave(c!, 2, 0.5, 1),
    wave(c!, 5, 0.3),
  ]
  it.each(cases)('%s: as PyTorch', (_, c) => {
    // Of one pixel the gradient is the difference of two numbers of size 1 / sqrt(eps), rounded each.
    const floor = c.shape[1] === 1 ? 300 : 0.3
    check(c, inputsOf(c), (x, s, o) => normalise(x, s, o, c.options).y, 2e-6, floor)
  })

  it.each(cases)('%s: composed, as PyTorch', (_, c) => {
    const op = (x?: Tensor, s?: Tensor, o?: Tensor) => withPortableOps(() => normalise(x!, s!, o!, c.options).y)
    // The mean is a float32: at 1000 off by up to 3e-5, which the kernel makes up for and the composition does not.
    check(c, inputsOf(c), op, c.shift === 0 ? 4e-6 : 2e-3)
  })

  it('[1, 3] and [10, 30] become ±1, whatever the scale of the film; statistics come along', () => {
    const x = tf.tensor([1, 10, 3, 30], [1, 2, 1, 2])
    for (const run of [<A>(f: () => A) => f(), withPortableOps]) {
      const { y, mean, variance } = run(() => normalise(x, tf.ones([2]), tf.tensor1d([0, 5]), { eps: 0 }))
      expect(Array.from(y.dataSync())).toEqual([-1, 4, 1, 6])
      expect([mean.shape, Array.from(mean.dataSync())]).toEqual([
        [1, 2],
        [2, 20],
      ])
      expect(Array.from(variance.dataSync())).toEqual([1, 100])
    }
  })

  it('statistics carry no gradient', () => {
    const x = wave([2, 3, 3, 4], 1)
    for (const run of [<A>(f: () => A) => f(), withPortableOps])
      for (const options of [{}, { groups: 2 }, { perFilm: false }]) {
        const statistics = (t: Tensor) => {
          const { mean, variance } = normalise(t, tf.ones([4]), tf.zeros([4]), options)
          return tf.add(tf.sum(mean), tf.sum(variance))
        }
        const gradient = run(() => tf.grad(statistics)(x)).dataSync()
        expect([gradient.length, gradient.every((v) => v === 0)]).toEqual([72, true])
      }
  })

  it('statistics of groups stand at each of their channels, whatever the scale', () => {
    const x = tf.tensor([1, 3, 10, 30], [1, 1, 1, 4])
    for (const run of [<A>(f: () => A) => f(), withPortableOps]) {
      const { mean, variance } = run(() => normalise(x, tf.fill([4], NaN), tf.zeros([4]), { groups: 2 }))
      expect([mean.shape, Array.from(mean.dataSync())]).toEqual([
        [1, 4],
        [2, 2, 20, 20],
      ])
      expect(Array.from(variance.dataSync())).toEqual([1, 1, 100, 100])
    }
  })

  it('a NaN spoils its own film and channel, no other', () => {
    const values = wave([2, 3, 3, 2], 1).dataSync().slice()
    values[4] = NaN
    const y = normalise(tf.tensor(values, [2, 3, 3, 2]), tf.ones([2]), tf.zeros([2]), { slope: 0 }).y.dataSync()
    expect(Array.from(y).map(Number.isNaN)).toEqual(Array.from({ length: 36 }, (_, i) => i < 18 && i % 2 === 0))
  })

  it.each([1, 0, 0.2])('a gradient of a gradient is that of the composition (slope %d)', (slope) => {
    const options = { perFilm: true, groups: 3, slope, eps: 1e-5 }
    const inputs = [wave([2, 4, 3, 3], 1), wave([3], 2, 0.5, 1), wave([3], 5, 0.3)] as const
    const penalty = (op: typeof normalisePortable) => (x: Tensor, s: Tensor, o: Tensor) => {
      const inner = tf.grad((v: Tensor) => tf.sum(tf.square(op(v, s, o, options))))
      return tf.sum(tf.square(inner(x)))
    }
    const of = (op: typeof normalisePortable) => tf.grads(penalty(op))([...inputs])
    const [kernel, composed] = [of((x, s, o, c) => normalise(x, s, o, c).y), of(normalisePortable)]
    kernel.forEach((g, i) => expect(off(g, Array.from(composed[i]!.dataSync()))).toBeLessThan(1e-4))
  })

  it('refuses groups that do not divide the channels', () => {
    expect(() => normalise(tf.zeros([1, 2, 2, 3]), tf.ones([3]), tf.zeros([3]), { groups: 2 })).toThrow(RangeError)
  })
})

describe('convolve', () => {
  it.each(Object.entries(fixture.convolutions))('%s: as PyTorch', (_, c) => {
    const inputs = [wave(c.inputs[0]!, 1), wave(c.inputs[1]!, 2, 0.3)]
    check(c, inputs, (x, w) => convolve(x, w, c.options))
    const portable = tf.grads((x: Tensor, w: Tensor) =>
      tf.sum(tf.mul(convolvePortable(x as never, w as never, c.options), wave(c.shape, 3))),
    )(inputs)
    portable.forEach((g, i) => expect(off(g, c.gradients[i]!)).toBeLessThan(1e-5))
  })

  it.each(Object.entries(fixture.transposes))('transposed, %s: as PyTorch', (_, c) => {
    const { stride, padding: left } = c
    const [films, filter] = c.inputs as [number[], number[]]
    const size = [c.shape[1]!, c.shape[2]!] as const
    const after = (i: 0 | 1) => (films[i + 1]! - 1) * stride + filter[i]! - size[i] - left
    const pads = { top: left, left, bottom: after(0), right: after(1) }
    check(c, [wave(films, 1), wave(filter, 2, 0.3)], (x, w) => convolveTranspose(x, w, size, { stride, pads }))
  })

  it('by hand: the filter’s gradient of one pixel of dy is what lies under the filter', () => {
    const x = tf.range(0, 12).reshape([1, 3, 4, 1])
    const dy = tf.tensor([0, 0, 2, 0, 0, 0], [1, 2, 3, 1])
    const gradient = tf.grad((w: Tensor) => tf.sum(tf.mul(convolve(x, w), dy)))(tf.zeros([2, 2, 1, 1]))
    expect(Array.from(gradient.dataSync())).toEqual([4, 6, 12, 14])
  })

  it.each([1, 4])('can be differentiated again (%d groups)', (groups) => {
    const inputs = [wave([2, 5, 4, 4], 1), wave([3, 3, 4 / groups, 4], 2, 0.3)]
    const options = { stride: 2, pads: { top: 1, bottom: 1, left: 1, right: 1 }, groups }
    const penalty = (op: (x: Tensor, w: Tensor) => Tensor) => (x: Tensor, w: Tensor) =>
      tf.sum(tf.square(tf.grad((v: Tensor) => tf.sum(tf.square(op(v, w))))(x)))
    const of = (op: (x: Tensor, w: Tensor) => Tensor) => tf.grads(penalty(op))(inputs)
    const [native, portable] = [
      of((x, w) => convolve(x, w, options)),
      of((x, w) => convolvePortable(x as never, w as never, options)),
    ]
    native.forEach((g, i) => expect(off(g, Array.from(portable[i]!.dataSync()))).toBeLessThan(1e-5))
  })

  it('refuses a filter that does not fit', () => {
    expect(() => convolve(tf.zeros([1, 4, 4, 6]), tf.zeros([3, 3, 6, 4]), { groups: 2 })).toThrow(/2 groups/)
  })
})

it('mirrorPad: as TensorFlow’s own kernel, to the last bit', () => {
  const sides = [
    [0, 0],
    [1, 4],
    [3, 2],
    [0, 0],
  ] as const
  const x = wave([2, 5, 4, 3], 1)
  const pads = tf.tensor2d(
    sides.map((pair) => [...pair]),
    [4, 2],
    'int32',
  )
  const dy = wave([2, 10, 9, 3], 3)
  const theirs = (name: string, t: Tensor) => executeKernel1(nodeBackend()!, name, { mode: 'REFLECT' }, [t, pads])
  expect(mirrorPad(x, sides, 'reflect').dataSync()).toEqual(theirs('MirrorPad', x).dataSync())
  const gradient = tf.grad((t: Tensor) => mirrorPad(t, sides, 'reflect'))(x, dy)
  expect(off(gradient, Array.from(theirs('MirrorPadGrad', dy).dataSync()))).toBeLessThan(1e-6)
})

describe('maxPool', () => {
  // windows of [[5, 1], [2, 3]], [[1, 4], [3, 6]], [[2, 3], [7, 7]], [[3, 6], [7, 0]]
  const film = [[5, 1, 4], [2, 3, 6], [7, 7, 0]] // prettier-ignore
  const x = () => tf.tensor4d(film.flat(), [1, 3, 3, 1])
  const pooling = { kernel: 3, stride: 2, padding: 1 }

  it('by hand: the first of equals takes the gradient, of windows that overlap the sum', () => {
    expect([...maxPool(x(), pooling).dataSync()]).toEqual([5, 6, 7, 7])
    const dy = tf.tensor4d([1, 10, 100, 1000], [1, 2, 2, 1])
    const gradient = tf.grad((t: Tensor) => maxPool(t, pooling))(x(), dy)
    expect([...gradient.dataSync()]).toEqual([1, 0, 0, 0, 0, 10, 100, 1000, 0])
    const peak = tf.tensor4d([5, 1, 4, 2, 9, 6, 7, 7, 0], [1, 3, 3, 1])
    const shared = tf.grad((t: Tensor) => maxPool(t, { kernel: 2, stride: 1 }))(peak, dy)
    expect([...shared.dataSync()]).toEqual([0, 0, 0, 0, 1111, 0, 0, 0, 0])
  })

  it('what is not a number is not hidden, minus infinity is no padding', () => {
    const hidden = tf.tensor4d([1, NaN, 9, 2], [1, 2, 2, 1])
    expect([...maxPool(hidden, { kernel: 2 }).dataSync()]).toEqual([NaN])
    expect([...maxPool(tf.fill([1, 2, 2, 1], -Infinity), pooling).dataSync()]).toEqual([-Infinity])
  })

  it.each([
    [[2, 9, 8, 37], { kernel: 3, stride: 2, padding: 1 }],
    [[3, 6, 7, 16], { kernel: 2, stride: 2, padding: 0 }],
    [[1, 5, 11, 3], { kernel: 4, stride: 1, padding: 2 }],
  ] as const)('%j %j: as TensorFlow, and a graph gives the eager bits', (shape, options) => {
    const films = wave(shape, 1)
    const f = (op: typeof maxPoolPortable) => (inputs: Tensors) => {
      const y = op(inputs['x']!, options)
      return { y, dx: tf.grad((t: Tensor) => tf.sum(tf.mul(op(t, options), wave(y.shape, 3))))(inputs['x']!) }
    }
    const [ours, theirs] = [f(maxPool)({ x: films }), f(maxPoolPortable)({ x: films })]
    const graph = compileFunction(f(maxPool))({ x: films })
    for (const name of ['y', 'dx'] as const) {
      expect(off(ours[name], Array.from(theirs[name].dataSync()))).toBeLessThan(1e-6)
      expect(graph[name].dataSync()).toEqual(ours[name].dataSync())
    }
  })

  it('refuses films smaller than a window and padding that could be one', () => {
    expect(() => maxPool(x(), { kernel: 4 })).toThrow(RangeError)
    expect(() => maxPool(x(), { kernel: 3, padding: 2 })).toThrow(/at most half/)
  })
})

it('squaredSum: 1 + 4 + 9, none of nothing, and 200,000 numbers to the last digit of float32', () => {
  const value = (x: Tensor): number => squaredSum(x).dataSync()[0]!
  expect(value(tf.tensor2d([[1, -2, 3]]))).toBe(14)
  expect(value(tf.zeros([0, 3]))).toBe(0)
  const x = wave([200_003], 1)
  const exact = Array.from(x.dataSync()).reduce((sum, v) => sum + v * v, 0)
  expect(Math.abs(value(x) / exact - 1)).toBeLessThan(1e-7)
})

describe('adamUpdate', () => {
  it.each(fixture.adam)('five steps of PyTorch, decay $decay, clipped by $factor', ({ decay, factor, points }) => {
    for (const run of [<A>(f: () => A) => f(), withPortableOps]) {
      let state = { p: wave([7], 1), m: tf.zeros([7]), v: tf.zeros([7]) } as Parameters<typeof adamUpdate>[0]
      points.forEach((point, i) => {
        const t = i + 1
        const corrections = { stepSize: 1e-2 / (1 - 0.5 ** t), rootCorrection: 1 / Math.sqrt(1 - 0.99 ** t) }
        const constants = { beta1: 0.5, beta2: 0.99, eps: 1e-3, weightDecay: decay, factor: tf.scalar(factor) }
        state = run(() => adamUpdate(state, wave([7], t + 1), { ...corrections, ...constants }))
        expect(off(state.p, point)).toBeLessThan(1e-6)
      })
    }
  })
})

it('one thread and two give the same bits, as do two steps side by side', async () => {
  const here = new URL('.', import.meta.url).href
  const script = `
    const { loadRuntime } = await import('${here}../node/loadRuntime.ts')
    const tf = await loadRuntime({ threads: Number(process.argv[1]) })
    const { fusedKernels, setFusedKernels } = await import('${here}portable.ts')
    setFusedKernels({ ...fusedKernels(), filterGradient: true, winograd: true })
    const { normalise } = await import('${here}normalise.ts')
    const { convolve } = await import('${here}convolve.ts')
    const { maxPool } = await import('${here}maxPool.ts')
    const { mirrorPad } = await import('${here}mirrorPad.ts')
    const { compileFunction } = await import('${here}../compileFunction.ts')
    const { createHash } = await import('node:crypto')
    const wave = (shape, k) => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(1 + 0.7 * k * i)), shape)
    const part = (x, w, s, o) => {
      const padded = mirrorPad(x, [[0, 0], [2, 2], [2, 2], [0, 0]], 'reflect')
      return maxPool(normalise(convolve(padded, w, { stride: 2 }), s, o, { slope: 0.2 }).y, { kernel: 3, stride: 2, padding: 1 })
    }
    const f = ({ x, y, w, s, o }) => {
      const { value, grads } = tf.valueAndGrads((x, y, w, s, o) => tf.sum(tf.square(tf.add(part(x, w, s, o), part(y, w, s, o)))))([x, y, w, s, o])
      return Object.fromEntries([...grads].map((g, i) => ['g' + i, g]))
    }
    const out = compileFunction(f)({ x: wave([3, 33, 31, 20], 1), y: wave([3, 33, 31, 20], 5), w: wave([5, 5, 20, 37], 2), s: wave([37], 3), o: wave([37], 4) })
    const hash = createHash('sha256')
    // the filter's gradient by the films is TensorFlow's, which does depend on the number of threads
    for (const name of ['g2', 'g3', 'g4']) hash.update(out[name].dataSync())
    process.stdout.write(hash.digest('hex'))`
  const loader = fileURLToPath(new URL('../../../../tools/ts-loader.mjs', import.meta.url))
  const { NODE_OPTIONS: _, ...env } = process.env
  for (const name of ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS', 'OMP_NUM_THREADS']) delete env[name]
  const digest = async (threads: number): Promise<string> => {
    const args = ['--conditions=@radiograft/source', '--import', loader, '--input-type=module', '-e', script]
    const { status, stdout, stderr } = await runCommand(process.execPath, [...args, String(threads)], { env })
    expect([status, stderr]).toEqual([0, ''])
    return stdout
  }
  const [one, two, again] = [await digest(1), await digest(2), await digest(2)]
  expect(one).toMatch(/^[0-9a-f]{64}$/)
  expect(two).toBe(again)
  expect(two).toBe(one)
}, 60_000)
