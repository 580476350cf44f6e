import { beforeAll, expect, it } from '@jest/globals'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { setTimeout as sleep } from 'node:timers/promises'
import { batchOrder } from './batchOrder.ts'
import { fit } from './fit.ts'
import type { Batch } from './fit.ts'
import { TrainingCancelledError, TrainingDivergedError } from './TrainingError.ts'

beforeAll(() => loadRuntime())

type State = { readonly w: Tensor; readonly b: Tensor; readonly fixed: Tensor }
type Films = { readonly x: Tensor; readonly y: Tensor }

// y = w x + b by least squares on six points: y = x + 1.5 + r, with Σ r = 0 and Σ r x = 0, so w = 1 and b = 1.5 exactly,
// and the smallest loss is the mean of r², 1.
const xs = [0, 1, 2, 3, 4, 5]
const residuals = [1, -2, 1, 0, 0, 0]
const ys = xs.map((x, i) => x + 1.5 + residuals[i]!)

const least = (state: State, batch: Films, knobs: Readonly<Record<'lr', Tensor>>) => {
  const error = tf.sub(tf.add(tf.mul(batch.x, state.w), state.b), batch.y)
  const n = batch.x.size
  const gw = tf.div(tf.mul(tf.sum(tf.mul(error, batch.x)), 2), n)
  const gb = tf.div(tf.mul(tf.sum(error), 2), n)
  return {
    state: {
      w: tf.sub(state.w, tf.mul(gw, knobs.lr)),
      b: tf.sub(state.b, tf.mul(gb, knobs.lr)),
      fixed: state.fixed,
    },
    logs: { loss: tf.mean(tf.square(error)) as Tensor },
  }
}
const start = (): State => ({ w: tf.scalar(0), b: tf.scalar(0), fixed: tf.scalar(9) })
const batchOf = (indices: ArrayLike<number>): Batch<Films> => {
  const at = Array.from(indices)
  const tensors = { x: tf.tensor1d(at.map((i) => xs[i]!)), y: tf.tensor1d(at.map((i) => ys[i]!)) }
  return { tensors, films: at.map((i) => `film-${i}`) }
}
const all = async (): Promise<Batch<Films>> => batchOf([0, 1, 2, 3, 4, 5])

it('finds the closed form of a regression, in a compiled step, and holds nothing back', async () => {
  const step = compileStep(least)
  const before = tf.memory().numTensors
  const held: number[] = []
  const { state, series, steps } = await fit({
    step,
    state: start(),
    batches: all,
    knobs: () => ({ lr: 0.06 }),
    steps: 410,
    onProgress: ({ step }) => {
      if (step > 20) held.push(tf.memory().numTensors)
    },
  })
  expect(steps).toBe(410)
  expect(state.w.dataSync()[0]).toBeCloseTo(1, 4)
  expect(state.b.dataSync()[0]).toBeCloseTo(1.5, 4)
  expect(state.fixed.dataSync()[0]).toBe(9)
  expect(new Set(held).size).toBe(1) // 19 windows, one count
  expect(series.map((row) => row.step)).toEqual([...Array.from({ length: 20 }, (_, i) => 20 * (i + 1)), 410])
  expect(series.at(-1)!.value).toBeCloseTo(1, 5) // residuals' mean square: 6 / 6
  step.dispose()
  tf.dispose(state)
  expect(tf.memory().numTensors).toBe(before)
})

// The same step without a compiler: logs as numbers.
const eager = (state: State, batch: Films, knobs: Readonly<Record<'lr', number>>) => {
  const result = tf.tidy(() => {
    const { state: next, logs } = least(state, batch, { lr: tf.scalar(knobs.lr) })
    return { ...next, loss: logs.loss }
  })
  const { loss, ...next } = result
  const value = loss.dataSync()[0]!
  loss.dispose()
  return { state: next, logs: { loss: value } }
}

it('means of the logs are those of the window', async () => {
  let n = 0
  const step = (state: State) => ({ state, logs: { loss: ++n } })
  const seen: number[] = []
  const { series } = await fit({
    step,
    state: start(),
    batches: all,
    steps: 5,
    logEvery: 2,
    onProgress: ({ step, logs }) => seen.push(step, logs['loss']!),
  })
  expect(series).toEqual([
    { step: 2, name: 'loss', value: 1.5 },
    { step: 4, name: 'loss', value: 3.5 },
    { step: 5, name: 'loss', value: 5 },
  ])
  expect(seen).toEqual([2, 1.5, 4, 3.5])
})

it('the result does not depend on when batches arrive', async () => {
  const train = async (delay: (step: number) => number): Promise<number> => {
    const { state } = await fit({
      step: eager,
      state: start(),
      batches: async (i) => {
        await sleep(delay(i))
        return batchOf(batchOrder(3, 6, 2, i))
      },
      knobs: (i) => ({ lr: 0.05 / (1 + i) }),
      steps: 12,
    })
    return state.w.dataSync()[0]!
  }
  const plain = await train(() => 0)
  expect(await train((i) => (i % 3) * 4)).toBe(plain)
})

it('asks for each batch once, one step ahead', async () => {
  const events: string[] = []
  await fit({
    step: (state: State, batch: Films, knobs: Readonly<Record<string, number>>) => {
      events.push(`step ${knobs['i']}`)
      return { state, logs: {} }
    },
    state: start(),
    batches: async (i) => {
      events.push(`batch ${i}`)
      return all()
    },
    knobs: (i) => ({ i }),
    steps: 3,
  })
  expect(events).toEqual(['batch 0', 'batch 1', 'step 0', 'batch 2', 'step 1', 'step 2'])
})

it('a loss that is not finite names step and films and keeps the last good state', async () => {
  const state = start()
  const before = tf.memory().numTensors
  const run = fit({
    step: eager,
    state,
    batches: async (i) => {
      if (i < 2) return all()
      return { tensors: { x: tf.tensor1d([NaN]), y: tf.tensor1d([1]) }, films: ['a', 'b'] }
    },
    knobs: () => ({ lr: 0.01 }),
    steps: 10,
  })
  const error = (await run.catch((e: unknown) => e)) as TrainingDivergedError
  expect(error).toBeInstanceOf(TrainingDivergedError)
  expect(error.message).toContain('step 3 (films a, b): loss is NaN')
  expect(error.step).toBe(3)
  expect(Number.isFinite(error.state['w']!.dataSync()[0])).toBe(true)
  expect(tf.memory().numTensors).toBe(before) // three tensors of state, as before
})

it('stops between two steps when cancelled', async () => {
  const controller = new AbortController()
  const state = start()
  const before = tf.memory().numTensors
  const run = fit({
    step: eager,
    state,
    batches: all,
    knobs: () => ({ lr: 0.01 }),
    steps: 1_000_000,
    signal: controller.signal,
  })
  setTimeout(() => controller.abort(), 20)
  const error = (await run.catch((e: unknown) => e)) as TrainingCancelledError
  expect(error).toBeInstanceOf(TrainingCancelledError)
  expect(error.steps).toBeGreaterThan(0)
  expect(error.steps).toBeLessThan(1_000_000)
  expect(tf.memory().numTensors).toBe(before)
})

it('validates, keeps the best, stops early', async () => {
  const losses = [3, 1, 2, 2]
  const { state, best, series, steps } = await fit({
    step: eager,
    state: start(),
    batches: all,
    knobs: () => ({ lr: 0.01 }),
    steps: 100,
    validate: {
      every: 5,
      run: async (_, step) => {
        const loss = losses[step / 5 - 1]!
        return { values: { loss }, best: loss === 1, stop: step === 20 }
      },
    },
  })
  expect(steps).toBe(20)
  expect(best?.step).toBe(10)
  expect(best!.state.w.dataSync()[0]).not.toBe(state.w.dataSync()[0])
  expect(series.filter((row) => row.name === 'validation.loss').map((row) => row.value)).toEqual(losses)
})

it('passes on what a batch failed with', async () => {
  const batches = async (i: number): Promise<Batch<Films>> => {
    if (i === 2) throw new Error('no such film')
    return all()
  }
  const before = tf.memory().numTensors
  const state = start()
  await expect(fit({ step: eager, state, batches, knobs: () => ({ lr: 0 }), steps: 5 })).rejects.toThrow('no such film')
  // the state too: this error does not hand it out
  expect(tf.memory().numTensors).toBe(before)
})
