import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Tensor } from '@tensorflow/tfjs-core'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import { CompiledStepError } from './compile/CompiledStepError.ts'
import { withOpScope } from './compile/opScope.ts'
import type { Tensors } from './compileFunction.ts'
import { compileFunction } from './compileFunction.ts'
import { compileStep } from './compileStep.ts'
import { kernelsInUse, withPortableOps } from './ops/portable.ts'
import { squaredSum } from './ops/squaredSum.ts'

let tf: Tfjs
let tensors = 0
beforeAll(async () => {
  tf = await loadRuntime()
})
beforeEach(() => {
  tf.engine().startScope()
  tensors = tf.memory().numTensors
})
afterEach(() => {
  tf.engine().endScope()
})

const caught = (body: () => unknown): CompiledStepError => {
  try {
    body()
  } catch (error) {
    expect(error).toBeInstanceOf(CompiledStepError)
    return error as CompiledStepError
  }
  throw new Error('nothing was thrown')
}

describe('compileFunction', () => {
  it('compiles once for each signature and keeps the sharing of inputs apart', () => {
    const sum = compileFunction(({ a, b }: { a: Tensor; b: Tensor }) => ({ y: tf.add(tf.mul(a, 10), b) }))
    const a = tf.tensor([1, 2])
    const b = a.clone()
    expect(sum({ a, b }).y.dataSync()).toEqual(new Float32Array([11, 22]))
    expect(sum({ b: tf.tensor([5, 6]), a }).y.dataSync()).toEqual(new Float32Array([15, 26]))
    expect(sum.graphs()).toBe(1)
    expect(sum({ a: tf.tensor([1]), b: tf.tensor([1]) }).y.dataSync()).toEqual(new Float32Array([11]))
    expect(sum({ a: tf.scalar(1, 'int32'), b: tf.scalar(1, 'int32') }).y.shape).toEqual([])
    expect(sum.graphs()).toBe(3)
    sum.dispose()
  })

  it('takes and gives int32 and bool tensors, inputs as outputs, one tensor under two names, and constants', () => {
    const f = compileFunction(({ i, o }: Tensors) => {
      const y = tf.cast(o as Tensor, 'int32')
      return {
        i: i as Tensor,
        y,
        z: y,
        not: tf.logicalNot(o as Tensor),
        k: tf.tensor([1.5, 2.5]),
        zeros: tf.zeros([64]),
      }
    })
    const inputs = { i: tf.tensor([3, -4], [2], 'int32'), o: tf.tensor([true, false], [2], 'bool') }
    for (let call = 0; call < 2; call++) {
      const out = f(inputs)
      expect([out['i']?.dtype, out['not']?.dtype]).toEqual(['int32', 'bool'])
      expect(
        Object.values(out)
          .slice(0, 5)
          .map((t) => Array.from(t.dataSync())),
      ).toEqual([
        [3, -4],
        [1, 0],
        [1, 0],
        [0, 1],
        [1.5, 2.5],
      ])
      expect(out['zeros']?.dataSync()).toEqual(new Float32Array(64))
      tf.dispose(out)
    }
    expect(inputs.i.dataSync()).toEqual(new Int32Array([3, -4]))
    f.dispose()
  })

  it('keeps large captures out of the graph and leaves neither tensors nor files behind', () => {
    const table = tf.tensor(Float32Array.from({ length: 40_000 }, (_, i) => i))
    const backend = tf.backend() as unknown as { getNumOfTFTensors(): number; getNumOfSavedModels(): number }
    const f = compileFunction(({ x }: Tensors) => ({ y: tf.add(table, x as Tensor) }))
    const x = tf.scalar(2)
    f({ x })['y']?.dispose()
    const handles = backend.getNumOfTFTensors()
    const before = tf.memory().numTensors
    // The capture is a copy of the handle: disposing the original does no harm.
    table.dispose()
    for (let i = 0; i < 3; i++) {
      const { y } = f({ x })
      expect(y?.dataSync()[39_999]).toBe(40_001)
      y?.dispose()
    }
    expect(tf.memory().numTensors).toBe(before - 1)
    expect(backend.getNumOfTFTensors()).toBe(handles - 1)
    const sessions = backend.getNumOfSavedModels()
    f.dispose()
    expect(backend.getNumOfSavedModels()).toBe(sessions - 1)
    expect(backend.getNumOfTFTensors()).toBe(handles - 2)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('radiograft-graph-'))).toEqual([])
    expect(tf.memory().numTensors - tensors).toBe(1)
  })

  it('keeps the numbers that a buffer held when a tensor was made of it', () => {
    // two tables above 64 KB out of one buffer
    const buffer = new Float32Array(20_000)
    const f = ({ x }: Tensors) => {
      const first = tf.add(x as Tensor, tf.tensor(buffer.map((_, i) => i)))
      const filled = (from: number) => tf.tensor(buffer.fill(from).fill(from + 1, 10_000))
      return { first, a: tf.add(x as Tensor, filled(1)), b: tf.add(x as Tensor, filled(3)) }
    }
    const compiled = compileFunction(f)
    const x = tf.zeros([20_000])
    const [eager, graph] = [f({ x }), compiled({ x })]
    for (const at of [0, 19_999])
      for (const out of [eager, graph])
        expect([out.first, out.a, out.b].map((t) => t.dataSync()[at])).toEqual([at, ...(at === 0 ? [1, 3] : [2, 4])])
    compiled.dispose()
  })

  it('a graph with our kernels is none for `withPortableOps`, and the other way round', () => {
    const traced: string[] = []
    const f = compileFunction(({ x }: Tensors) => {
      traced.push(kernelsInUse())
      return { y: squaredSum(x as Tensor) }
    })
    const x = tf.tensor([3, 4])
    const run = () => f({ x }).y.dataSync()[0]
    expect([run(), withPortableOps(run), run(), withPortableOps(run)]).toEqual([25, 25, 25, 25])
    expect(traced).toEqual([expect.stringContaining('f'), ''])
    expect(f.graphs()).toBe(2)
    f.dispose()
  })

  it('refuses a variable by name, a promise, a string tensor, an array', () => {
    const v = tf.variable(tf.scalar(1), true, 'weights')
    expect(
      caught(() => compileFunction(({ x }: Tensors) => ({ y: tf.mul(x as Tensor, v) }))({ x: tf.scalar(1) })).message,
    ).toMatch(/variable 'weights'/)
    v.dispose()
    expect(caught(() => compileFunction((async (t: Tensors) => t) as never)({ x: tf.scalar(1) })).message).toMatch(
      /synchronous/,
    )
    expect(caught(() => compileFunction((t: Tensors) => t as never)({ x: tf.scalar('a') })).message).toMatch(
      /'x' is a string tensor/,
    )
    expect(caught(() => compileFunction(() => ({ y: [1] }) as never)({ x: tf.scalar(1) })).message).toMatch(
      /output 'y' is no tensor/,
    )
  })

  it('names the layer when an op fails inside the graph', () => {
    const f = compileFunction(({ x, i }: Tensors) => ({
      y: withOpScope('head/lookup', () => tf.gather(x as Tensor, i as Tensor)),
    }))
    f({ x: tf.tensor([1, 2]), i: tf.tensor1d([0], 'int32') })
    const error = caught(() => f({ x: tf.tensor([1, 2]), i: tf.tensor1d([9], 'int32') }))
    expect(error.subject).toMatch(/^head\/lookup\/.*GatherV2/)
    f.dispose()
  })

  it('keeps the order of sums and products that the code has', () => {
    // TensorFlow's optimiser, were it on, would merge the constants of w (and changes 297 of these 500 numbers).
    const body = ({ x, a, b }: Tensors) => ({
      y: tf.add(tf.mul(x as Tensor, a as Tensor), tf.mul(x as Tensor, b as Tensor)),
      z: tf.add(tf.add(x as Tensor, tf.add(a as Tensor, b as Tensor)), tf.add(tf.mul(a as Tensor, 3), b as Tensor)),
      w: tf.mul(tf.mul(tf.div(x as Tensor, 3), 0.1), 7),
    })
    const values = (k: number) => tf.tensor(Float32Array.from({ length: 500 }, (_, i) => Math.sin(1 + i * k)))
    const inputs = { x: values(0.7), a: values(1.3), b: values(2.1) }
    const compiled = compileFunction(body)
    const eager = body(inputs)
    const graph = compiled(inputs)
    for (const name of ['y', 'z', 'w'] as const) expect(graph[name].dataSync()).toEqual(eager[name].dataSync())
    compiled.dispose()
  })

  it('computes convolutions and products in bfloat16 on request, close to float32 and the same each time', () => {
    const body = ({ x, w, d }: Tensors) => {
      const loss = (...[f, g]: Array<Tensor>) =>
        tf.sum(
          tf.square(tf.matMul(tf.reshape(tf.conv2d(x as never, f as never, 1, 'same'), [16, 4]) as never, g as never)),
        )
      const [gw, gd] = tf.grads(loss)([w as Tensor, d as Tensor]) as [Tensor, Tensor]
      return { loss: loss(w as Tensor, d as Tensor), gw, gd }
    }
    const values = (size: number, k: number) => Float32Array.from({ length: size }, (_, i) => Math.sin(1 + i * k))
    const inputs = {
      x: tf.tensor(values(32, 0.7), [1, 4, 4, 2]),
      w: tf.tensor(values(72, 1.3), [3, 3, 2, 4]),
      d: tf.tensor(values(12, 2.1), [4, 3]),
    }
    const [exact, narrow] = (['fp32', 'bf16'] as const).map((precision) => {
      const f = compileFunction(body, { precision })
      const numbers = () => {
        const { loss, gw, gd } = f(inputs)
        return [...loss.dataSync(), ...gw.dataSync(), ...gd.dataSync()]
      }
      const first = numbers()
      const again = numbers()
      expect(again).toEqual(first)
      f.dispose()
      return first
    }) as [Array<number>, Array<number>]
    expect(narrow).not.toEqual(exact)
    const scale = Math.max(...exact.map(Math.abs))
    narrow.forEach((value, i) => expect(Math.abs(value - (exact[i] as number))).toBeLessThan(0.02 * scale))
  })

  it('runs eagerly on another backend, with the same interface', () => {
    const step = compileStep(
      ({ w }, { x }, { lr }) => ({
        state: { w: tf.add(w as Tensor, tf.mul(x as Tensor, lr as Tensor)) },
        logs: { w: w as never },
      }),
      { eager: true },
    )
    const before = tf.memory().numTensors
    const w = tf.scalar(1)
    const { state, logs } = step({ w }, { x: tf.scalar(2) }, { lr: 3 })
    expect([logs['w'], state['w']?.dataSync()[0], step.graphs()]).toEqual([1, 7, 0])
    expect(tf.memory().numTensors).toBe(before + 3)
  })
})

describe('compileStep', () => {
  it('refuses a state that drifts and a log that is no scalar', () => {
    const w = tf.tensor([1, 2])
    const drift = compileStep(({ w }) => ({ state: { w: tf.sum(w as Tensor) }, logs: {} }))
    expect(caught(() => drift({ w }, {}, {})).message).toMatch(/'w' .*float32 \[2\].*float32 \[\]/)
    const lost = compileStep(() => ({ state: {}, logs: {} }))
    expect(caught(() => lost({ w }, {}, {})).message).toMatch(/absent/)
    const log = compileStep((state) => ({ state, logs: { loss: state['w'] as Tensor } }))
    expect(caught(() => log({ w }, {}, {})).message).toMatch(/log 'loss' is no scalar/)
  })
})
