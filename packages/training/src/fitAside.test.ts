import { beforeAll, expect, it } from '@jest/globals'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { fit } from './fit.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

type State = { readonly w: Tensor }
const side = 240
const matrix = (seed: number): Tensor =>
  tf.tensor2d(
    Float32Array.from({ length: side * side }, (_, i) => Math.sin(i * seed) / side),
    [side, side],
  )
const step = compileStep((state: State, batch: { readonly x: Tensor }) => {
  let y = batch.x
  for (let i = 0; i < 12; i++) y = tf.tanh(tf.matMul(y, state.w))
  return { state: { w: tf.add(state.w, tf.mul(y, 1e-3)) }, logs: { mean: tf.mean(y) } }
})

it('the next batch is put together while a step aside computes; the result is that of plain steps', async () => {
  let running = false
  let meanwhile = 0
  const train = async (aside: boolean) => {
    const { state, series } = await fit({
      step: async (s: State, b: { readonly x: Tensor }) => {
        if (!aside) return step(s, b, {})
        running = true
        const out = await step.aside(s, b, {})
        running = false
        return out
      },
      state: { w: matrix(0.3) },
      steps: 5,
      logEvery: 1,
      batches: async (i) => {
        // a file is read first, then the batch is put together
        await new Promise((resolve) => setTimeout(resolve, 1))
        if (running) meanwhile += 1
        return { tensors: { x: matrix(0.1 + i) } }
      },
    })
    const w = state.w.dataSync()
    state.w.dispose()
    return { w, series }
  }
  const plain = await train(false)
  const before = tf.memory().numTensors
  expect(await train(true)).toEqual(plain)
  expect(tf.memory().numTensors).toBe(before)
  expect(meanwhile).toBeGreaterThan(0)
})
