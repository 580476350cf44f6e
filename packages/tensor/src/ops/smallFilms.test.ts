import { beforeAll, expect, test } from '@jest/globals'
import * as tf from '@tensorflow/tfjs-core'
import { compileFunction } from '../compileFunction.ts'
import { loadRuntime } from '../node/loadRuntime.ts'
import { convolve } from './convolve.ts'

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
      const values = dw!.dataSync()
      tf.dispose(dw!)
      expect(Array.from(values, (v, at) => (Math.floor(at / 64) === 4 ? v - 2 : v)).filter((v) => v !== 0)).toEqual([])
    }
    tf.dispose([x, w])
    run.dispose()
  },
)
