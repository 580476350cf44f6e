// A training that is killed at five points goes on, and ends as if nothing had happened: weights, moments, curves and artefact.
// Used by the resume tests of the model packages.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { straightAndKilled } from './killedTraining.ts'
import type { KillPoint } from './killedTraining.ts'

export interface ResumedTraining {
  /** `testing/trainOnce.ts` of the package */
  readonly script: URL
  readonly steps: number
  /** steps from one checkpoint to the next */
  readonly every: number
  /** two before the first checkpoint is known to be whole, one while the second is written, one after it, one after the fourth */
  readonly kills: readonly [KillPoint, KillPoint, KillPoint, KillPoint, KillPoint]
  /** in the names of Adam's second moments */
  readonly moments: string
  /** handed to the script, where it can train in more than one way */
  readonly given?: string
}

export const expectResumed = async ({
  script,
  steps,
  every,
  kills,
  moments,
  given,
}: ResumedTraining): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'radiograft-resume-'))
  try {
    const { straight, killed } = await straightAndKilled(script, folder, kills, given)
    const from = killed.map((run) => run.from)
    expect(from.slice(0, 2)).toEqual([0, 0]) // before the first checkpoint there is none
    expect([0, every]).toContain(from[2]) // whether the first is whole is for the disk to say
    expect(from[3]).toBe(every) // the second was cut short
    expect([2 * every, 3 * every]).toContain(from[4])
    expect([4 * every, 5 * every]).toContain(from[5])
    for (const { from, progress } of killed) expect(progress[0]).toBe(from + 1)
    expect(killed.at(-1)!.progress.at(-1)).toBe(steps)
    expect(straight.end!.last.step).toBe(steps)
    expect(killed.at(-1)!.end).toEqual(straight.end)
    const names = Object.keys(straight.end!.last.tensors)
    expect(names.filter((name) => name.includes(moments)).length).toBeGreaterThan(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
