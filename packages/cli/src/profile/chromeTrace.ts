// A recording as chrome://tracing and ui.perfetto.dev read it.
import type { Recording } from '@radiograft/tensor/node'

/** An event with a begin and a duration, in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly cat: string
  readonly ph: 'X'
  readonly ts: number
  readonly dur: number
  readonly pid: number
  readonly tid: number
  readonly args?: Readonly<Record<string, unknown>>
}

/** Rows of one run on as few lines as leave none on top of another: TensorFlow does not say which thread ran what. */
const lanes = <A extends { readonly startMicros: number; readonly micros: number }>(
  rows: ReadonlyArray<A>,
): ReadonlyArray<{ readonly row: A; readonly lane: number }> => {
  const ends: number[] = []
  return rows
    .toSorted((a, b) => a.startMicros - b.startMicros)
    .map((row) => {
      const free = ends.findIndex((end) => end <= row.startMicros)
      const lane = free < 0 ? ends.length : free
      ends[lane] = row.startMicros + row.micros
      return { row, lane }
    })
}

/** Line 0 is JavaScript's calls, those below it are the ops within. Times begin with the first traced step. */
export const chromeTrace = ({
  traced,
  calls,
  traces,
}: Recording): { readonly traceEvents: ReadonlyArray<TraceEvent> } => {
  const zero = traced?.startMicros ?? 0
  const host = calls.map(({ kind, name, startMicros, micros }): TraceEvent => ({
    name: kind === 'graph' ? `graph ${name}` : `${kind} ${name}`.trim(),
    cat: kind,
    ph: 'X',
    ts: startMicros - zero,
    dur: micros,
    pid: 0,
    tid: 0,
  }))
  const ops = traces.flatMap((rows) =>
    lanes(rows).map(({ row, lane }): TraceEvent => ({
      name: row.node,
      cat: row.op,
      ph: 'X',
      ts: row.startMicros - zero,
      dur: row.micros,
      pid: 0,
      tid: lane + 1,
      args: { op: row.op, inputs: row.inputs.map(String), output: String(row.output ?? ''), bytes: row.outputBytes },
    })),
  )
  return { traceEvents: [...host, ...ops] }
}
