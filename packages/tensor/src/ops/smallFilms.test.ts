import { beforeAll, expect, test } from '@jest/globals'
import * as tf from '@tensorflow/tfjs-core'
import { compileFunction } from '../compileFunction.ts'
import { loadRuntime } from '../node/loadRuntime.ts'
import { convolve, convolvePortable, convolveTranspose } from './convolve.ts'

beforeAll(() => loadRuntime({ threads: 2 }), 60_000)

test.each(['fp32', 'bf16'] as const)(
  '%s: taps that see padding alone have a gradient of 0, every time',
  (precision) => {
    // 3×3 with stride 2 over one pixel: the middle tap alone sees it, dw = Σ x · 1
    const pads = { top: 1, bottom: 1, left: 1, right: 1 }
    const run = compileFunction(
      ({ x, w }: Record<string, tf.Tensor>) => ({ dw: tf.grad((f) => convolve(x!, f, { stride: 2, pads }).sum())(w!) }),
      { precision },
    )
    const [x, w] = [tf.fill([4, 1, 1, 8], 0.5), tf.fill([3, 3, 8, 8], 0.25)]
    for (let i = 0; i < 40; i++) {
      tf.dispose(Array.from({ length: 8 }, () => tf.fill([3, 3, 8, 8], 1e30))) // what a kernel that writes nothing would find
      const { dw } = run({ x, w })
      const values = dw.dataSync()
      tf.dispose(dw)
      expect(Array.from(values, (v, at) => (Math.floor(at / 64) === 4 ? v - 2 : v)).filter((v) => v !== 0)).toEqual([])
    }
    tf.dispose([x, w])
    run.dispose()
  },
)

test('films smaller than the filter: as with the padding there, forward, gradients and the transpose', () => {
  const numbers = (shape: ReadonlyArray<number>): tf.Tensor => {
    const values = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1 + 7 * i))
    return tf.tensor(values, [...shape])
  }
  const far = (a: tf.Tensor, b: tf.Tensor): number => a.sub(b).abs().max().dataSync()[0]!
  for (const [height, width, kernel, stride, before, after] of [
    [1, 1, 3, 2, 1, 1],
    [1, 2, 3, 1, 1, 1],
    [2, 1, 5, 1, 2, 2],
    [2, 3, 4, 2, 1, 1],
    [2, 2, 5, 3, 0, 3],
    [1, 3, 3, 1, 0, 2],
  ] as const)
    tf.tidy(() => {
      const geometry = { stride, pads: { top: before, bottom: after, left: before, right: after }, groups: 1 }
      const [x, filter] = [
        numbers([2, height, width, 3]) as tf.Tensor4D,
        numbers([kernel, kernel, 3, 4]) as tf.Tensor4D,
      ]
      const loss = (op: typeof convolvePortable) => (a: tf.Tensor, b: tf.Tensor) =>
        op(a as tf.Tensor4D, b as tf.Tensor4D, geometry)
          .square()
          .sum()
      const ours = convolve(x, filter, geometry)
      const theirs = convolvePortable(x, filter, geometry)
      expect(ours.shape).toEqual(theirs.shape)
      expect(far(ours, theirs)).toBeLessThan(1e-5)
      const [mine, truth] = [
        tf.grads(loss((a, b, g) => convolve(a, b, g)))([x, filter]),
        tf.grads(loss(convolvePortable))([x, filter]),
      ]
      for (const i of [0, 1]) expect(far(mine[i]!, truth[i]!)).toBeLessThan(1e-4)
      // ⟨convolve x, y⟩ = ⟨x, transpose y⟩
      const back = convolveTranspose(theirs, filter, [height, width], geometry)
      const gap = back.mul(x).sum().sub(theirs.square().sum()).abs().dataSync()[0]!
      expect(gap).toBeLessThan(1e-3)
    })
})
