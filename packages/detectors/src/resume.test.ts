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
      { at: 'step', step: 1 },
      { at: 'step', step: 3 },
      { at: 'save', step: 4 },
      { at: 'step', step: 7 },
      { at: 'step', step: 11 },
    ])
    const from = killed.map((run) => run.from)
    expect(from.slice(0, 2)).toEqual([0, 0]) // before the first checkpoint there is none
    expect([0, 2]).toContain(from[2]) // whether that of step 2 is whole is for the disk to say
    expect(from[3]).toBe(2) // that of step 4 was cut short
    expect([4, 6]).toContain(from[4])
    expect([8, 10]).toContain(from[5])
    for (const { from, progress } of killed) expect(progress[0]).toBe(from + 1)
    expect(killed.at(-1)!.progress.at(-1)).toBe(12)
    expect(straight.end!.last.step).toBe(12)
    expect(killed.at(-1)!.end).toEqual(straight.end)
    const names = Object.keys(straight.end!.last.tensors)
    expect(names.filter((name) => name.includes('adam.v.')).length).toBeGreaterThan(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
