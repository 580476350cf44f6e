import type { StageContext } from '../Stage.ts'

/**
 * The context of one call of an entry, with what the entry told it: each step `done`, the names of `metrics`, the `logs`,
 * all in order. Seed 5, two threads, never aborted, no scratch folder, unless given.
 */
export const stageContext = (
  given: Partial<StageContext> = {},
): StageContext & {
  readonly done: ReadonlyArray<number>
  readonly metrics: ReadonlyArray<string>
  readonly logs: ReadonlyArray<string>
} => {
  const done: number[] = []
  const metrics: string[] = []
  const logs: string[] = []
  return {
    seed: 5,
    threads: 2,
    precision: 'fp32',
    signal: new AbortController().signal,
    scratch: '',
    progress: (step) => done.push(step),
    metric: (name) => metrics.push(name),
    log: (line) => logs.push(line),
    ...given,
    done,
    metrics,
    logs,
  }
}
