// A checkpoint all of whose values follow from its step, so that a test can tell a whole one from a mixture.
import { createHash } from 'node:crypto'
import type { Checkpoint } from '../Checkpoints.ts'

/** @param size values of its largest tensor */
export const sampleCheckpoint = (step: number, size = 1000): Checkpoint => ({
  step,
  tensors: {
    w: { dtype: 'float32', shape: [size], values: new Float32Array(size).fill(step) },
    m: { dtype: 'float64', shape: [2, 2], values: Float64Array.of(step / 3, -0, 5e-324, Number.NaN) },
    n: { dtype: 'int32', shape: [], values: Int32Array.of(step) },
    on: { dtype: 'bool', shape: [3], values: Uint8Array.of(1, 0, step % 2) },
    none: { dtype: 'float32', shape: [0, 4], values: new Float32Array(0) },
  },
  state: { step, losses: [step / 7, -0, Number.MAX_VALUE, 5e-324], name: 'naïve " \ud800 \n', nothing: null },
})

/** All of it as text, to the last bit: comparing millions of values one by one takes seconds. */
export const digestOf = ({ step, tensors, state }: Checkpoint): string => {
  const hash = createHash('sha256')
  for (const [name, { dtype, shape, values }] of Object.entries(tensors).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash
      .update(JSON.stringify([name, dtype, shape]))
      .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  return `${step} ${JSON.stringify(state, (_, value: unknown) => (Object.is(value, -0) ? '-0' : value))} ${hash.digest('hex')}`
}
