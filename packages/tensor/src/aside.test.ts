import { beforeAll, expect, it } from '@jest/globals'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { compileFunction, compileStep } from './index.ts'
import { loadRuntime } from './node/index.ts'

beforeAll(() => loadRuntime({ threads: 2 }))

const wave = (shape: number[]): Tensor =>
  tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * 0.37)),
    shape,
  )

/** Some tenths of a second of work. */
const long = ({ x }: { readonly x: Tensor }) => {
  let y = x
  for (let i = 0; i < 8; i++) y = tf.tanh(tf.matMul(y, x))
  return { y }
}

it('a step aside has the bits of a step, one after another and with its logs', async () => {
  const step = compileStep(
    (state: { readonly w: Tensor }, batch: { readonly x: Tensor }, knobs: Readonly<Record<'lr', Tensor>>) => {
      const error = tf.sub(tf.matMul(batch.x, state.w), 1)
      const gradient = tf.matMul(batch.x, error, true)
      return { state: { w: tf.sub(state.w, tf.mul(gradient, knobs.lr)) }, logs: { loss: tf.mean(tf.square(error)) } }
    },
  )
  const x = wave([16, 8])
  let [a, b] = [{ w: wave([8, 4]) }, { w: wave([8, 4]) }]
  const before = tf.memory().numTensors
  for (let i = 0; i < 4; i++) {
    const plain = step(a, { x }, { lr: 0.01 })
    const aside = await step.aside(b, { x }, { lr: 0.01 })
    expect(aside.logs).toEqual(plain.logs)
    expect(aside.state.w.dataSync()).toEqual(plain.state.w.dataSync())
    tf.dispose([a, b])
    a = plain.state
    b = aside.state
  }
  expect(tf.memory().numTensors).toBe(before)
  expect(step.graphs()).toBe(1)
  tf.dispose([a, b, x])
  step.dispose()
})

it('JavaScript goes on meanwhile', async () => {
  const f = compileFunction(long)
  const x = tf.div(wave([700, 700]), 30)
  f({ x }).y.dispose()
  let turns = 0
  let over = false
  const running = f.aside({ x }).then((out) => {
    over = true
    return out
  })
  while (!over) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    turns += 1
  }
  expect(turns).toBeGreaterThan(5)
  tf.dispose(await running)
  tf.dispose(x)
  f.dispose()
})

it('a failure rejects with the node that failed; nothing is left behind and the next call works', async () => {
  // an index outside of the table: known only when the graph runs
  const f = compileFunction(({ table, at }: { readonly table: Tensor; readonly at: Tensor }) => ({
    row: tf.gather(table, at as tf.Tensor1D),
  }))
  const table = wave([4, 2])
  const [inside, outside] = [tf.tensor1d([1, 3], 'int32'), tf.tensor1d([1, 9], 'int32')]
  tf.dispose(await f.aside({ table, at: inside }))
  const before = tf.memory().numTensors
  await expect(f.aside({ table, at: outside })).rejects.toThrow(/a compiled graph failed in .*GatherV2/)
  expect(() => f({ table, at: outside })).toThrow(/a compiled graph failed in .*GatherV2/)
  expect(tf.memory().numTensors).toBe(before)
  const { row } = await f.aside({ table, at: inside })
  expect(row.shape).toEqual([2, 2])
  tf.dispose([row, table, inside, outside])
  f.dispose()
})

it('what is disposed of while it runs ends first', async () => {
  const f = compileFunction(long)
  const x = tf.div(wave([500, 500]), 30)
  const straight = f({ x }).y
  const running = f.aside({ x })
  f.dispose()
  const { y } = await running
  expect(y.dataSync()).toEqual(straight.dataSync())
  tf.dispose([straight, y, x])
})

it('without graphs it is the function itself', async () => {
  const f = compileFunction(({ x }: { readonly x: Tensor }) => ({ y: tf.mul(x, 2) }), { eager: true })
  const x = tf.scalar(3)
  const { y } = await f.aside({ x })
  expect(y.dataSync()[0]).toBe(6)
  tf.dispose([x, y])
})
