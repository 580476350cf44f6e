// When the loop writes checkpoints, what it does when they fail, and which it refuses. With checkpoints in memory, so that
// what is saved and when can be looked at; the disk is in resume.test.ts.
import type { Checkpoint, Checkpoints } from '@radiograft/checkpoints'
import { beforeAll, describe, expect, it, jest } from '@jest/globals'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { setTimeout as sleep } from 'node:timers/promises'
import { fit } from './fit.ts'
import type { FitOptions } from './fit.ts'
import { TrainingCancelledError, TrainingDivergedError, TrainingError, TrainingResumeError } from './TrainingError.ts'

beforeAll(() => loadRuntime({ threads: 1 }))

/** Keeps all; each save waits for `wait`. */
const memory = (wait: (step: number) => Promise<unknown> = async () => {}) => {
  const saved: Checkpoint[] = []
  const begun: number[] = []
  let atOnce = 0
  let most = 0
  const to: Checkpoints = {
    latest: async () => saved.at(-1),
    save: async (checkpoint) => {
      begun.push(checkpoint.step)
      most = Math.max(most, ++atOnce)
      try {
        await wait(checkpoint.step)
        saved.push(checkpoint)
      } finally {
        atOnce -= 1
      }
    },
    clear: async () => void saved.splice(0),
  }
  return { to, saved, begun, most: () => most, steps: () => saved.map(({ step }) => step) }
}

type State = { readonly w: tf.Tensor }
const start = (): State => ({ w: tf.scalar(0) })
/** Adds one; the loss is the step. */
const options = (given: Partial<FitOptions<State, Record<string, tf.Tensor>, string>> = {}) => ({
  step: ({ w }: State) => ({ state: { w: tf.add(w, 1) }, logs: { loss: 1 + w.dataSync()[0]! } }),
  state: start(),
  batches: async () => ({ tensors: {} }),
  steps: 10,
  ...given,
})

describe('when', () => {
  it('each so many steps, and not by time before a minute is over', async () => {
    const { to, begun } = memory()
    tf.dispose((await fit(options({ checkpoints: { to, everySteps: 3 } }))).state)
    expect(begun).toEqual([3, 6, 9])
    const later = memory()
    tf.dispose((await fit(options({ checkpoints: { to: later.to } }))).state)
    expect(later.begun).toEqual([])
  })

  it('the snapshot is that of its step, though it is written while the next ones run', async () => {
    const { to, saved, most } = memory(() => sleep(30))
    const { state } = await fit(options({ checkpoints: { to, everySteps: 1 } }))
    tf.dispose(state)
    expect(saved.map(({ step, tensors }) => [step, tensors['state/w']!.values[0]])).toEqual(
      Array.from({ length: 10 }, (_, i) => [i + 1, i + 1]),
    )
    expect(most()).toBe(1) // one waits for the other
  })

  it('steps go on while one is written', async () => {
    let done = 0
    const atEnd: number[] = []
    const { to } = memory(async () => {
      await sleep(40)
      atEnd.push(done)
    })
    const step = async ({ w }: State) => {
      await sleep(5)
      done += 1
      return { state: { w: tf.add(w, 1) }, logs: {} }
    }
    tf.dispose((await fit(options({ step, steps: 9, checkpoints: { to, everySteps: 4 } }))).state)
    expect(atEnd[0]).toBeGreaterThan(4)
    expect(atEnd).toHaveLength(2) // the last was waited for
  })

  it('by time, at most 2 % of it: a slow one makes the next wait', async () => {
    const block = (ms: number): void => {
      for (const end = performance.now() + ms; performance.now() < end;);
    }
    const times: number[] = []
    const controller = new AbortController()
    const to: Checkpoints = {
      latest: async () => undefined,
      save: async () => {
        times.push(performance.now())
        if (times.length === 3) controller.abort()
        await Promise.resolve() // as a save that is in line does
        block(3) // the loop stands still for 3 ms, so at least 150 ms lie between two
      },
      clear: async () => {},
    }
    const began = performance.now()
    const step = ({ w }: State) => (block(1), { state: { w: tf.add(w, 1) }, logs: {} })
    const run = fit(options({ step, steps: 1e9, checkpoints: { to, everySeconds: 0.01 }, signal: controller.signal }))
    tf.dispose(((await run.catch((e: unknown) => e)) as TrainingCancelledError).state)
    expect(times[0]! - began).toBeGreaterThanOrEqual(10)
    expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(150)
    expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(150)
  })

  it('at once when it is cancelled, but not twice', async () => {
    const { to, steps } = memory(() => sleep(20))
    const controller = new AbortController()
    const before = tf.memory().numTensors
    const step = ({ w }: State) => {
      if (w.dataSync()[0] === 4) controller.abort()
      return { state: { w: tf.add(w, 1) }, logs: {} }
    }
    const given = { step, checkpoints: { to, everySteps: 5 }, signal: controller.signal }
    const error = (await fit(options(given)).catch((e: unknown) => e)) as TrainingCancelledError
    expect(error).toBeInstanceOf(TrainingCancelledError)
    expect([error.steps, steps()]).toEqual([5, [5]])
    tf.dispose(error.state)
    // before the first step there is nothing to keep, and none is written over
    const again = (await fit(options(given)).catch((e: unknown) => e)) as TrainingCancelledError
    expect([again.steps, steps()]).toEqual([5, [5]])
    tf.dispose(again.state)
    expect(tf.memory().numTensors).toBe(before)
  })
})

// glibc alone keeps it, and on Linux alone
const onLinux = process.platform === 'linux' ? it : it.skip
onLinux('what malloc keeps free goes back to the system once a checkpoint is written', async () => {
  // 190 MB in pieces of 64 KB, of which some stay, so that the heap does not shrink by itself
  const pieces = Array.from({ length: 3000 }, () => tf.fill([16_000], 1))
  const stay = new Set(pieces.filter((_, i) => i % 100 === 99))
  tf.dispose(pieces.filter((piece) => !stay.has(piece)))
  const before = process.memoryUsage().rss
  const { to } = memory()
  tf.dispose((await fit(options({ steps: 1, checkpoints: { to } }))).state)
  expect(process.memoryUsage().rss).toBeGreaterThan(before - 50e6)
  tf.dispose((await fit(options({ steps: 1, checkpoints: { to, everySteps: 1 } }))).state)
  expect(process.memoryUsage().rss).toBeLessThan(before - 100e6)
  tf.dispose([...stay])
})

it('is kept when it is cancelled during the last step, and ends at once when it goes on', async () => {
  const { to, steps } = memory()
  const controller = new AbortController()
  const step = ({ w }: State) => {
    if (w.dataSync()[0] === 9) controller.abort()
    return { state: { w: tf.add(w, 1) }, logs: {} }
  }
  const given = { step, steps: 10, checkpoints: { to, everySteps: 4 } }
  const error = (await fit(options({ ...given, signal: controller.signal })).catch((e: unknown) => e)) as Error
  expect(error).toBeInstanceOf(TrainingCancelledError)
  expect(steps()).toEqual([4, 8, 10])
  tf.dispose((error as TrainingCancelledError).state)
  const { state, steps: done } = await fit(options(given))
  expect([done, state['w'].dataSync()[0]]).toEqual([10, 10])
  tf.dispose(state)
})

describe('NaN', () => {
  const diverging = {
    step: ({ w }: State) => {
      const value = w.dataSync()[0]!
      return { state: { w: tf.add(w, 1) }, logs: { loss: value === 4 ? Number.NaN : value } }
    },
    batches: async (i: number) => ({ tensors: {}, films: [`film ${i}`] }),
  }

  it('keeps the state before it, and says where', async () => {
    const { to, saved, steps } = memory()
    const before = tf.memory().numTensors
    const error = (await fit(
      options({ ...diverging, checkpoints: { to: { ...to, folder: '/kept/here' }, everySteps: 3 } }),
    ).catch((e: unknown) => e)) as TrainingDivergedError
    expect(error).toBeInstanceOf(TrainingDivergedError)
    expect([error.step, error.films, steps()]).toEqual([5, ['film 4'], [3, 4]])
    expect(saved.at(-1)!.tensors['state/w']!.values[0]).toBe(4)
    expect(error.state['w']!.dataSync()[0]).toBe(4)
    expect(error.message).toContain('diverged at step 5 (films film 4): loss is NaN')
    expect(error.message).toContain('; the state before it is kept in /kept/here')
    tf.dispose(error.state)
    // the same command meets it again, at once
    const again = (await fit(options({ ...diverging, checkpoints: { to } })).catch((e: unknown) => e)) as Error
    expect(again.message).toContain('step 5 (films film 4): loss is NaN')
    expect(again.message).toContain('the state before it is kept in the checkpoint of step 4')
    tf.dispose((again as TrainingDivergedError).state)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('says nothing of it when that failed or there are none', async () => {
    for (const checkpoints of [undefined, { to: memory(() => Promise.reject(new Error('full'))).to }]) {
      const given = options({ ...diverging, ...(checkpoints && { checkpoints }), onCheckpointFailed: () => {} })
      const error = (await fit(given).catch((e: unknown) => e)) as TrainingDivergedError
      expect(error).toBeInstanceOf(TrainingDivergedError)
      expect(error.message).not.toContain('kept')
      tf.dispose(error.state)
    }
  })
})

describe('failing', () => {
  it('a disk that is full is told once, tried again, told again after a success; training ends as ever', async () => {
    const told: unknown[] = []
    const { to, steps } = memory(async (step) => {
      if (step !== 5) throw new Error(`full at ${step}`)
    })
    const { state, steps: done } = await fit(
      options({
        checkpoints: { to, everySteps: 1 },
        onCheckpointFailed: (error) => told.push((error as Error).message),
      }),
    )
    expect([state.w.dataSync()[0], done]).toEqual([10, 10])
    expect(steps()).toEqual([5])
    expect(told).toEqual(['full at 1', 'full at 6'])
    tf.dispose(state)
  })

  it('is a warning when nobody wants to be told', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {})
    const to = memory(() => Promise.reject(new Error('full'))).to
    tf.dispose((await fit(options({ checkpoints: { to, everySteps: 2 } }))).state)
    expect(warn.mock.calls).toEqual([['no checkpoint could be written, training goes on without: Error: full']])
    warn.mockRestore()
  })

  it('state of the host that cannot be had is a failure of the checkpoint too', async () => {
    const told: string[] = []
    const host = {
      save: () => {
        throw new Error('no state')
      },
      restore: () => {},
    }
    const { state } = await fit(
      options({
        checkpoints: { to: memory().to, everySteps: 1, host },
        onCheckpointFailed: (error) => told.push(String(error)),
      }),
    )
    tf.dispose(state)
    expect(told).toEqual(['Error: no state'])
  })

  it('a film that cannot be read costs no step: what was done is kept, and waited for', async () => {
    const { to, steps } = memory(() => sleep(20))
    const batches = async (i: number) => {
      if (i === 7) throw new Error('no such film')
      return { tensors: {} }
    }
    await expect(fit(options({ batches, checkpoints: { to } }))).rejects.toThrow('no such film')
    expect(steps()).toEqual([7])
  })

  it('a validation that throws leaves the checkpoint before it: its step is not done', async () => {
    const { to, steps } = memory()
    const run = async (): Promise<never> => {
      throw new Error('no validation')
    }
    const given = options({ checkpoints: { to, everySteps: 2 }, validate: { every: 5, run } })
    await expect(fit(given)).rejects.toThrow('no validation')
    expect(steps()).toEqual([2, 4])
  })
})

describe('refused', () => {
  const keep = async () => {
    const { to, saved } = memory()
    const { state } = await fit(options({ checkpoints: { to, everySteps: 10 } }))
    tf.dispose(state)
    return { to, saved }
  }

  it.each<[string, () => Record<string, tf.Tensor>, string, string]>([
    [
      'a tensor more',
      () => ({ w: tf.scalar(0), v: tf.scalar(0) }),
      'v',
      "its tensor 'v' is missing, expected float32 []",
    ],
    ['a tensor less', () => ({}), 'w', "its tensor 'w' is float32 [], expected missing"],
    ['another shape', () => ({ w: tf.zeros([2, 3]) }), 'w', "its tensor 'w' is float32 [], expected float32 [2, 3]"],
    ['another dtype', () => ({ w: tf.scalar(0, 'int32') }), 'w', "its tensor 'w' is float32 [], expected int32 []"],
  ])('%s', async (_, made, name, what) => {
    const { to } = await keep()
    const state = made()
    const before = tf.memory().numTensors
    const error = (await fit({
      step: () => ({ state, logs: {} }),
      state,
      steps: 10,
      batches: async () => ({ tensors: {} }),
      checkpoints: { to },
    }).catch((e: unknown) => e)) as TrainingResumeError
    expect(error).toBeInstanceOf(TrainingResumeError)
    expect([error.step, error.tensor]).toEqual([10, name])
    expect(error.message).toBe(
      `the checkpoint of step 10 is not one of this training: ${what}; clear the checkpoints to start anew, or give the network and options that it was made with`,
    )
    expect(tf.memory().numTensors).toBe(before)
    tf.dispose(state)
  })

  it('fewer steps than are done; a host that is not there; what fit has not written', async () => {
    const { to, saved } = await keep()
    const refusal = async (given: Parameters<typeof options>[0]): Promise<string> => {
      const error = await fit(options(given)).catch((e: unknown) => e)
      expect(error).toBeInstanceOf(TrainingResumeError)
      return (error as Error).message
    }
    expect(await refusal({ steps: 9, checkpoints: { to } })).toContain('only 9 steps are asked for')
    const host = { save: () => null, restore: () => {} }
    expect(await refusal({ checkpoints: { to, host } })).toContain('it lacks a state of the host')
    saved.push({ step: 4, tensors: {}, state: { mine: true } })
    expect(await refusal({ checkpoints: { to } })).toContain('it is none that this version of fit wrote')
  })

  it('cadences that make no sense, and states that cannot be kept', async () => {
    const { to } = memory()
    await expect(fit(options({ checkpoints: { to, everySteps: 0 } }))).rejects.toThrow('everySteps is 0')
    await expect(fit(options({ checkpoints: { to, everySeconds: -1 } }))).rejects.toThrow('everySeconds is -1')
    const state = { w: tf.complex(1, 2) }
    await expect(fit(options({ state, checkpoints: { to } }))).rejects.toThrow(TrainingError)
    await expect(fit(options({ state, checkpoints: { to } }))).rejects.toThrow("'w' of the state is complex64")
  })
})
