// Divides the time of a step among what ran in it: each moment of a graph's run is shared equally by the nodes that run then,
// so that the parts add up to the whole, however many threads there are. Used by `summariseRecording`.
import type { NodeRow } from './readTrace.ts'
import type { Call, Phase } from './Recording.ts'

export type Shared = {
  /** Microseconds of each row of each trace, at its place. */
  readonly nodes: ReadonlyArray<ReadonlyArray<number>>
  /** Between the first and the last node of a run with nothing running. */
  readonly idle: number
  /** Within calls of graphs, before the first node and after the last: inputs taken in, outputs handed out, the trace itself. */
  readonly runtime: number
  /** Of calls that are no graph's. */
  readonly eager: number
  readonly values: number
  /** Outside of all calls: JavaScript, reading films, waiting. */
  readonly host: number
}

/** One run: what each row takes, and the time between the first and last row in which none ran. */
const shareRun = (rows: ReadonlyArray<NodeRow>): { readonly taken: ReadonlyArray<number>; readonly idle: number } => {
  const taken = rows.map(() => 0)
  const marks = rows
    .flatMap((row, i) => [
      { at: row.startMicros, i, begins: true },
      { at: row.startMicros + Math.max(0, row.micros), i, begins: false },
    ])
    .toSorted((a, b) => a.at - b.at)
  const running = new Set<number>()
  let idle = 0
  let last = marks[0]?.at ?? 0
  for (const { at, i, begins } of marks) {
    const passed = at - last
    if (running.size === 0) idle += passed
    else for (const one of running) taken[one] = (taken[one] as number) + passed / running.size
    last = at
    if (begins) running.add(i)
    else running.delete(i)
  }
  return { taken, idle }
}

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, one) => total + one, 0)

/** @param calls those of the phase, one after another. */
export const shareTime = (
  phase: Phase,
  calls: ReadonlyArray<Call>,
  traces: ReadonlyArray<ReadonlyArray<NodeRow>>,
): Shared => {
  const runs = traces.map(shareRun)
  const of = (kind: Call['kind']): number => sum(calls.flatMap((call) => (call.kind === kind ? [call.micros] : [])))
  const [graph, eager, values] = [of('graph'), of('eager'), of('upload') + of('read')]
  const idle = sum(runs.map((run) => run.idle))
  const nodes = sum(runs.flatMap(({ taken }) => taken))
  return {
    nodes: runs.map(({ taken }) => taken),
    idle,
    runtime: Math.max(0, graph - nodes - idle),
    eager,
    values,
    host: Math.max(0, phase.micros - graph - eager - values),
  }
}
