// Scratch folders of stages whose run was killed: nobody comes back to them. Those of runs that go on stay.
import { hasEnded, readRunRecord } from '@radiograft/artefact-store'
import type { RunRecord } from '@radiograft/artefact-store'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const namesIn = (folder: string): Promise<ReadonlyArray<string>> => readdir(folder).catch(() => [])

/** Answers what was removed. Never rejects: what cannot be removed stays until the next sweep. @param runs the folder of runs */
export const sweepScratch = async (runs: string): Promise<ReadonlyArray<string>> => {
  const removed: string[] = []
  for (const run of await namesIn(runs)) {
    const path = join(runs, run)
    const left = (await namesIn(path)).filter((name) => name.startsWith('scratch-'))
    if (left.length === 0) continue
    // records of the first versions name no process
    const record: Partial<RunRecord> = await readRunRecord(path).catch(() => ({}))
    if (!record.process || !hasEnded(record.process)) continue
    for (const name of left)
      await rm(join(path, name), { recursive: true, force: true }).then(
        () => removed.push(join(path, name)),
        () => {},
      )
  }
  return removed
}
