// Times a small convolutional training step in both precisions. Used by `timePrecisions.bin`.
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { compileStep } from '../compileStep.ts'
import { convolve } from '../ops/convolve.ts'
import type { Tfjs } from './loadRuntime.ts'

/** Slower than this factor after its warm-up, bf16 has lost, and an emulated step is not waited for again. */
const lost = 3
/** Steps of each, by turns, of which the least counts: other work on the machine only ever adds. */
const rounds = 3

const padded = { pads: { top: 1, bottom: 1, left: 1, right: 1 } }

/** Two convolutions as the layers' own, as wide as those of a small generator, forward, backward and a step of the weights. */
const timedStep = (tf: Tfjs, precision: 'fp32' | 'bf16') => {
  const step = compileStep(
    (state, { films }) => {
      const { value, grads } = tf.valueAndGrads((...filters) => {
        const [a, b] = filters as [Tensor4D, Tensor4D]
        const hidden = tf.relu(convolve(films as Tensor4D, a, padded))
        return tf.mean(tf.square(convolve(hidden, b, padded))).asScalar()
      })([state['a'], state['b']] as [Tensor4D, Tensor4D])
      const moved = grads.map((grad) => tf.mul(grad, 0.01))
      return {
        state: {
          a: tf.sub(state['a'] as Tensor4D, moved[0] as Tensor4D),
          b: tf.sub(state['b'] as Tensor4D, moved[1] as Tensor4D),
        },
        logs: { loss: value },
      }
    },
    { precision },
  )
  const films = tf.randomNormal([4, 64, 64, 32], 0, 1, 'float32', 1)
  let state: Readonly<Record<string, Tensor>> = {
    a: tf.randomNormal([3, 3, 32, 32], 0, 0.05, 'float32', 2),
    b: tf.randomNormal([3, 3, 32, 32], 0, 0.05, 'float32', 3),
  }
  return (): number => {
    const began = performance.now()
    const next = step(state, { films }, {})
    const seconds = (performance.now() - began) / 1000
    tf.dispose(state)
    state = next.state
    return seconds
  }
}

/** Seconds of a step, the least of several. */
export const timePrecisions = (tf: Tfjs): { readonly fp32: number; readonly bf16: number } => {
  const [fp32, bf16] = [timedStep(tf, 'fp32'), timedStep(tf, 'bf16')]
  // the first call compiles, the second lays weights out
  fp32()
  fp32()
  bf16()
  const least = { fp32: fp32(), bf16: bf16() }
  for (let round = 1; round < rounds && least.bf16 < least.fp32 * lost; round++) {
    least.fp32 = Math.min(least.fp32, fp32())
    least.bf16 = Math.min(least.bf16, bf16())
  }
  return least
}
