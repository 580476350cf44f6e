// A training that is interrupted and goes on ends as one that was left alone: weights, moments, masks, schedules, series and
// the best state are the same bits. With a compiled step and checkpoints on disk.
import { folderCheckpoints } from '@radiograft/checkpoints'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fit } from './fit.ts'
import { compiledStep, outcomeOf, sampleTraining } from './testing/sampleTraining.ts'
import { TrainingCancelledError } from './TrainingError.ts'

const root = mkdtempSync(join(tmpdir(), 'radiograft-resume-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let step: ReturnType<typeof compiledStep>
beforeAll(async () => {
  await loadRuntime({ threads: 1 })
  step = compiledStep()
})

type Sample = NonNullable<Parameters<typeof sampleTraining>[1]>
type Outcome = ReturnType<typeof outcomeOf>

const straight = async (sample: Sample = {}): Promise<Outcome> => {
  const { host: _, ...options } = sampleTraining(step, sample)
  return outcomeOf(await fit(options))
}

/** Is cancelled after so many steps in all, each time by a new `fit` with nothing but the folder; then runs to its end. */
const interrupted = async (folder: string, after: ReadonlyArray<number>, sample: Sample = {}) => {
  const resumed: number[] = []
  const asked: number[] = []
  for (const cancelAt of [...after, Infinity]) {
    const { host, batches, ...options } = sampleTraining(step, sample)
    const controller = new AbortController()
    let done = resumed.at(-1) ?? 0
    const run = fit({
      ...options,
      batches: (i) => {
        asked.push(i)
        return batches(i)
      },
      step: async (state, batch, knobs) => {
        const out = await step.aside(state, batch, knobs)
        done += 1
        if (done === cancelAt) controller.abort()
        return out
      },
      checkpoints: { to: folderCheckpoints(folder), everySeconds: Infinity, host },
      onResume: (at) => {
        resumed.push(at)
        done = at
      },
      signal: controller.signal,
    })
    if (cancelAt === Infinity) return { outcome: outcomeOf(await run), resumed, asked }
    const error = await run.catch((e: unknown) => e)
    if (!(error instanceof TrainingCancelledError)) throw error
    expect(error.steps).toBe(cancelAt)
    tf.dispose(error.state)
  }
  throw new Error('never ended')
}

it('at each of its steps: inside a window, at its end, after a validation, at the best', async () => {
  const before = tf.memory().numTensors
  const alone = await straight()
  expect([alone.steps, alone.best?.step]).toEqual([23, 10])
  // the plateau's rate has been lowered, so the host's state matters
  const rates = alone.series.filter(({ name }) => name === 'validation.rate').map(({ value }) => value)
  expect(new Set(rates).size).toBeGreaterThan(1)
  for (let at = 1; at <= 22; at++) {
    const { outcome, resumed } = await interrupted(join(root, `at ${at}`), [at])
    expect(resumed).toEqual([at])
    expect([at, outcome]).toEqual([at, alone])
  }
  expect(tf.memory().numTensors).toBe(before)
})

it('again and again', async () => {
  const { outcome, resumed, asked } = await interrupted(join(root, 'often'), [1, 2, 7, 8, 9, 10, 11, 15, 22])
  expect(resumed).toEqual([1, 2, 7, 8, 9, 10, 11, 15, 22])
  expect(outcome).toEqual(await straight())
  expect(asked.filter((i) => i === 3)).toHaveLength(1) // nothing is done twice
})

it('a training that was over, by its last step or by validate, does no step again', async () => {
  for (const sample of [{}, { stopAt: 15 }]) {
    const folder = join(root, `over ${sample.stopAt}`)
    const train = async () => {
      const { host, batches, ...options } = sampleTraining(step, sample)
      let asked = 0
      const counted = (i: number) => {
        asked += 1
        return batches(i)
      }
      const checkpoints = { to: folderCheckpoints(folder), everySeconds: Infinity, everySteps: 1, host }
      return [outcomeOf(await fit({ ...options, batches: counted, checkpoints })), asked] as const
    }
    const [first, steps] = await train()
    expect([first.steps, steps]).toEqual('stopAt' in sample ? [15, 16] : [23, 23]) // one batch ahead
    expect(first).toEqual(await straight(sample))
    expect(await train()).toEqual([first, 0])
  }
})
