import { expect, it } from '@jest/globals'
import type { Checkpoint } from '@radiograft/checkpoints'
import type { JobEvent } from './Job.ts'
import { stageCheckpoints } from './stageCheckpoints.ts'

const part = { run: 'r', label: 'fit', fingerprint: { cpu: 'c', threads: 1, arch: 'x64', platform: 'linux' } }
const checkpointOf = (step: number): Checkpoint => ({ step, tensors: {}, state: null })

it('what cannot be written or read is a warning: once until it succeeds again', async () => {
  const events: JobEvent[] = []
  let full = true
  const to = {
    latest: () => Promise.reject(new Error('permission denied')),
    save: () => (full ? Promise.reject(new Error('no space left')) : Promise.resolve()),
    clear: () => Promise.resolve(),
  }
  const told = () => ({ total: 9, share: 0.5, metrics: {} })
  const checkpoints = stageCheckpoints({ to, part, emit: (event) => events.push(event), told, seconds: () => 1 })
  const warnings = (): ReadonlyArray<string> =>
    events.splice(0).flatMap((event) => (event._tag === 'warning' ? [event.message] : []))

  expect(await checkpoints.latest()).toBeUndefined()
  expect(warnings()).toEqual(['no checkpoint could be read, so it begins anew: permission denied'])
  const message = (step: number): string => `step ${step} could not be kept, and it goes on without: no space left`
  await expect(checkpoints.save(checkpointOf(2))).rejects.toThrow('no space left')
  expect(warnings()).toEqual([message(2)])
  await expect(checkpoints.save(checkpointOf(3))).rejects.toThrow('no space left')
  expect(warnings()).toEqual([])
  full = false
  await checkpoints.save(checkpointOf(4))
  full = true
  await expect(checkpoints.save(checkpointOf(5))).rejects.toThrow('no space left')
  expect(warnings()).toEqual([message(5)])
})
