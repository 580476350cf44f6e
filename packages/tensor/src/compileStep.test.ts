import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Tensor } from '@tensorflow/tfjs-core'
import { loadRuntime, type Tfjs } from '@radiograft/tensor/node'
import { compileStep } from './compileStep.ts'

let tf: Tfjs
beforeAll(async () => {
  tf = await loadRuntime()
})

/** Numbers from a formula, so that no seed is needed. */
const wave = (shape: Array<number>, k = 1) => {
  const n = shape.reduce((a, b) => a * b, 1)
  return tf.tensor(
    Float32Array.from({ length: n }, (_, i) => Math.sin(1 + i * 0.7 * k) * 0.3),
    shape,
  )
}

const values = (record: Record<string, Tensor>) =>
  Object.fromEntries(Object.entries(record).map(([name, t]) => [name, t.dataSync()]))

describe('compileStep', () => {
  it('is gradient descent by hand', () => {
    // mean (x - w)^2 over x = 1, 2, 3 at w = 0: 14/3; dw = -2 mean(x - w) = -4; w' = 0 + 0.25 * 4 = 1.
    const step = compileStep(({ w }, { x }, { lr }) => {
      const { value, grads } = tf.valueAndGrads((v: Tensor) => tf.mean(tf.square(tf.sub(x as Tensor, v))))([
        w as Tensor,
      ])
      return { state: { w: tf.sub(w as Tensor, tf.mul(grads[0] as Tensor, lr as Tensor)) }, logs: { loss: value } }
    })
    const x = tf.tensor([1, 2, 3])
    const w = tf.scalar(0)
    const { state, logs } = step({ w }, { x }, { lr: 0.25 })
    expect(logs['loss']).toBeCloseTo(14 / 3, 6)
    expect(state['w']?.dataSync()[0]).toBe(1)
    // A knob changes without a new graph.
    expect(step({ w }, { x }, { lr: 0.5 }).state['w']?.dataSync()[0]).toBe(2)
    expect(step.graphs()).toBe(1)
    step.dispose()
    tf.disposeVariables()
  })

  it('equals eager to the last bit', () => {
    const body = (state: Record<string, Tensor>, batch: Record<string, Tensor>, knobs: Record<string, Tensor>) => {
      const names = ['a', 'b', 'g', 'h', 'd']
      const f = (...[a, b, g, h, d]: Array<Tensor>) => {
        let y = tf.conv2d(
          tf.mirrorPad(
            batch['x'] as never,
            [
              [0, 0],
              [1, 1],
              [1, 1],
              [0, 0],
            ],
            'reflect',
          ),
          a as never,
          1,
          'valid',
        ) as Tensor
        const { mean, variance } = tf.moments(y, [1, 2], true)
        y = tf.relu(tf.add(tf.mul(tf.sub(y, mean), tf.mul(tf.rsqrt(tf.add(variance, 1e-5)), g as Tensor)), h as Tensor))
        y = tf.conv2d(y as never, b as never, 2, 'same') as Tensor
        y = tf.conv2dTranspose(y as never, d as never, [2, 16, 16, 4], 2, 'same') as Tensor
        y = tf.maxPool(y as never, 2, 2, 'same')
        const flat = tf.concat([tf.reshape(y, [2, -1]), tf.slice(tf.reshape(y, [2, -1]), [0, 3], [2, 5])], 1)
        return tf.add(tf.mean(tf.abs(flat)), tf.sum(tf.softmax(tf.expandDims(tf.sum(flat, 1), 0))).mul(0))
      }
      const { value, grads } = tf.valueAndGrads(f)(names.map((n) => state[n] as Tensor))
      const next: Record<string, Tensor> = {
        steps: tf.add(state['steps'] as Tensor, tf.scalar(1, 'int32')),
        on: tf.logicalNot(state['on'] as Tensor),
      }
      names.forEach((n, i) => {
        const m = tf.add(tf.mul(state[`m${n}`] as Tensor, 0.5), tf.mul(grads[i] as Tensor, 0.5))
        next[`m${n}`] = m
        next[n] = tf.sub(state[n] as Tensor, tf.mul(m, knobs['lr'] as Tensor))
      })
      return { state: next, logs: { loss: value, gradNorm: tf.norm(grads[0] as Tensor) } }
    }
    const make = () => {
      const state: Record<string, Tensor> = {
        a: wave([3, 3, 3, 4]),
        b: wave([3, 3, 4, 6], 2),
        g: tf.ones([4]),
        h: tf.zeros([4]),
        d: wave([3, 3, 4, 6], 3),
      }
      for (const n of Object.keys(state)) state[`m${n}`] = tf.zerosLike(state[n] as Tensor)
      return { ...state, steps: tf.scalar(0, 'int32'), on: tf.scalar(true, 'bool') } as Record<string, Tensor>
    }
    const x = wave([2, 16, 16, 3], 5)
    const eager = compileStep(body as never, { eager: true })
    const compiled = compileStep(body as never)
    const before = tf.memory().numTensors
    let [p, q] = [make(), make()]
    for (let i = 0; i < 3; i++) {
      const e = eager(p, { x }, { lr: 0.1 / (i + 1) })
      const c = compiled(q, { x }, { lr: 0.1 / (i + 1) })
      expect(c.logs).toEqual(e.logs)
      tf.dispose([p, q])
      p = e.state
      q = c.state
      expect(values(q)).toEqual(values(p))
    }
    expect(q['steps']?.dtype).toBe('int32')
    expect(q['on']?.dtype).toBe('bool')
    expect(compiled.graphs()).toBe(1)
    tf.dispose([p, q])
    expect(tf.memory().numTensors).toBe(before)
    compiled.dispose()
    x.dispose()
  })
})
