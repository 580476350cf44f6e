// A state that changes its form between two steps: what it becomes, what is kept of it, and that an interruption changes nothing.
import { beforeAll, expect, it } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import type { Checkpoint, Checkpoints } from '@radiograft/checkpoints'
import { fit } from './fit.ts'
import type { FitOptions } from './fit.ts'
import { TrainingCancelledError } from './TrainingError.ts'

beforeAll(() => loadRuntime({ threads: 1 }))

type State = Readonly<Record<string, tf.Tensor>>

/** Each tensor grows by 1 a step; after step 3 there is one more, twice the first, and `fixed` goes. */
const growing = (): FitOptions<State, State, string> => ({
  state: { a: tf.tensor1d([0]), fixed: tf.scalar(7) },
  steps: 6,
  logEvery: 2,
  batches: async () => ({ tensors: {} }),
  step: (state) => {
    const { fixed, ...rest } = state
    const next = tf.tidy(() => Object.fromEntries(Object.entries(rest).map(([name, t]) => [name, tf.add(t, 1)])))
    return { state: { ...next, ...(fixed && { fixed }) }, logs: { names: Object.keys(rest).length } }
  },
  turn: {
    at: (done) => done === 3 || done === 6,
    run: async (state, done) => {
      if (done === 6) return { state, values: { last: 1 } }
      return { state: { a: state['a']!, b: tf.mul(state['a']!, 2) }, values: { grown: state['a']!.dataSync()[0]! } }
    },
    form: (done) => (done < 3 ? { a: tf.zeros([1]), fixed: tf.scalar(0) } : { a: tf.zeros([1]), b: tf.zeros([1]) }),
  },
})
const numbers = (state: State) => Object.entries(state).map(([name, t]) => [name, ...t.dataSync()])

const inMemory = (): Checkpoints & { newest: Checkpoint | undefined } => {
  const kept: Checkpoints & { newest: Checkpoint | undefined } = {
    newest: undefined,
    latest: async () => kept.newest,
    save: async (checkpoint) => void (kept.newest = structuredClone(checkpoint)),
    clear: async () => {},
  }
  return kept
}

it('turns after the steps it asks for, the last among them, and holds nothing back', async () => {
  const before = tf.memory().numTensors
  const { state, series } = await fit(growing())
  expect(numbers(state)).toEqual([
    ['a', 6],
    ['b', 9],
  ])
  expect(series).toEqual([
    { step: 2, name: 'names', value: 1 },
    { step: 4, name: 'names', value: 1.5 },
    { step: 6, name: 'names', value: 2 },
    { step: 3, name: 'validation.grown', value: 3 },
    { step: 6, name: 'validation.last', value: 1 },
  ])
  tf.dispose(state)
  expect(tf.memory().numTensors).toBe(before)
})

it('interrupted at any step, the turn’s own among them, it goes on in the form of that step', async () => {
  const straight = await fit(growing())
  for (let at = 1; at <= 5; at++) {
    const before = tf.memory().numTensors
    const [to, controller] = [inMemory(), new AbortController()]
    const stop = (done: number): void => {
      if (done === at) controller.abort()
    }
    const checkpoints = { to, everySeconds: Infinity }
    const error: unknown = await fit({ ...growing(), checkpoints, onStep: stop, signal: controller.signal }).catch(
      (e: unknown) => e,
    )
    if (!(error instanceof TrainingCancelledError)) throw error
    tf.dispose(error.state)
    expect([at, Object.keys(to.newest!.tensors).filter((name) => name.startsWith('state/'))]).toEqual([
      at,
      at < 3 ? ['state/a', 'state/fixed'] : ['state/a', 'state/b'],
    ])
    const resumed = await fit({ ...growing(), checkpoints })
    expect([at, numbers(resumed.state), resumed.series]).toEqual([at, numbers(straight.state), straight.series])
    tf.dispose(resumed.state)
    expect(tf.memory().numTensors).toBe(before)
  }
  tf.dispose(straight.state)
})

it('a checkpoint of another form is refused, and no tensor of the form that was wanted stays', async () => {
  const to = inMemory()
  const { state } = await fit({ ...growing(), steps: 2, checkpoints: { to, everySteps: 1 } })
  tf.dispose(state)
  const options = growing()
  const before = tf.memory().numTensors
  const form = () => ({ a: tf.zeros([2]), fixed: tf.scalar(0) })
  const run = fit({ ...options, turn: { ...options.turn!, form }, checkpoints: { to } })
  await expect(run).rejects.toMatchObject({ _tag: 'TrainingResumeError', tensor: 'a' })
  expect(tf.memory().numTensors).toBe(before)
  tf.dispose(options.state)
})

it('a turn that fails costs the state, which nobody hands out', async () => {
  const before = tf.memory().numTensors
  const options = growing()
  const run = () => Promise.reject(new Error('cannot grow'))
  await expect(fit({ ...options, turn: { ...options.turn!, run } })).rejects.toThrow('cannot grow')
  expect(tf.memory().numTensors).toBe(before)
})
