// A training that is killed goes on, and ends as if nothing had happened: weights, moments, curves and artefact.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, jest, test } from '@jest/globals'
import { straightAndKilled } from '@radiograft/testing'

jest.setTimeout(300_000) // seven processes, on a machine that may be busy

test('killed at five points, one of them while a checkpoint is written, and resumed: bit-equal', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'radiograft-resume-'))
  try {
    const { straight, killed } = await straightAndKilled(new URL('testing/trainOnce.ts', import.meta.url), folder, [
      { at: 'step', step: 3 },
      { at: 'step', step: 8 },
      { at: 'save', step: 10 },
      { at: 'step', step: 17 },
      { at: 'step', step: 29 },
    ])
    const from = killed.map((run) => run.from)
    expect(from.slice(0, 2)).toEqual([0, 0]) // before the first checkpoint there is none
    expect([0, 5]).toContain(from[2]) // whether that of step 5 is whole is for the disk to say
    expect(from[3]).toBe(5) // that of step 10 was cut short
    expect([10, 15]).toContain(from[4])
    expect([20, 25]).toContain(from[5])
    for (const { from, progress } of killed) expect(progress[0]).toBe(from + 1)
    expect(killed.at(-1)!.progress.at(-1)).toBe(30)
    expect(straight.end!.last.step).toBe(30)
    expect(killed.at(-1)!.end).toEqual(straight.end)
    const names = Object.keys(straight.end!.last.tensors)
    expect(names.filter((name) => name.includes('adam.v.')).length).toBeGreaterThan(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
