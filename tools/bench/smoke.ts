// `--smoke`: our side of every row at its smallest size, one round, no peer, no clock: does it run. Part of CI.
import { availableParallelism } from 'node:os'
import { withScratch } from './measureRow.ts'
import type { Row } from './Row.ts'
import { startSide } from './startSide.ts'

/** Runs the rows; those whose programs and settings come out equal once. @returns how many failed */
export const smoke = async (rows: ReadonlyArray<Row>, say: (line: string) => void): Promise<number> => {
  const threads = availableParallelism()
  const done = new Set<string>()
  let failed = 0
  for (const row of rows) {
    const own = { ...row.settings, ...row.ours.settings, ...row.smoke }
    const key = JSON.stringify([row.ours.program, row.prepare, own])
    if (done.has(key)) continue
    done.add(key)
    const from = performance.now()
    try {
      await withScratch(row, { ...own, threads, smoke: true }, undefined, async (settings) => {
        const side = await startSide(row.ours, settings, undefined)
        await side.round(1)
        await side.stop()
      })
      say(`ok      ${row.name.padEnd(24)} ${((performance.now() - from) / 1000).toFixed(1)} s`)
    } catch (error) {
      failed++
      say(`FAILED  ${row.name}: ${(error as Error).message}`)
    }
  }
  say(`${rows.length} rows in ${done.size} runs, ${failed} failed`)
  return failed
}
