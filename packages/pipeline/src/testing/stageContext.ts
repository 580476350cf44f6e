import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StageContext } from '../Stage.ts'
import { memoryCheckpoints } from './memoryCheckpoints.ts'

/**
 * The context of one call of an entry, with what the entry told it: each step `done`, the names of `metrics`, the `logs`,
 * the `warnings`, all in order. Seed 5, two threads, never aborted, no scratch folder, checkpoints in memory, a folder of its own for graphs,
 * unless given.
 */
export const stageContext = (
  given: Partial<StageContext> = {},
): StageContext & {
  readonly done: ReadonlyArray<number>
  readonly metrics: ReadonlyArray<string>
  readonly logs: ReadonlyArray<string>
  readonly warnings: ReadonlyArray<string>
} => {
  const done: number[] = []
  const metrics: string[] = []
  const logs: string[] = []
  const warnings: string[] = []
  return {
    seed: 5,
    threads: 2,
    precision: 'fp32',
    signal: new AbortController().signal,
    scratch: '',
    checkpoints: memoryCheckpoints(),
    graphs: { folder: join(tmpdir(), `radiograft-graphs-${randomUUID()}`), key: 'test' },
    progress: (step) => done.push(step),
    metric: (name) => metrics.push(name),
    log: (line) => logs.push(line),
    warn: (line) => warnings.push(line),
    ...given,
    done,
    metrics,
    logs,
    warnings,
  }
}
