// From a recording to what a reader wants to know: where a step's time goes, by sort of work, by layer and by op.
// Used by `radiograft profile`.
import type { Kind } from './kindOf.ts'
import { kindOf, kinds, layerOf } from './kindOf.ts'
import type { Primitive } from './oneDnn.ts'
import { convolutionKey, isReference, primitiveKey } from './oneDnn.ts'
import type { NodeRow } from './readTrace.ts'
import type { Call, Phase, Recording } from './Recording.ts'
import { shareTime } from './shareTime.ts'

export type CostRow = {
  readonly name: string
  /** A step; the parts of a step add up to it. */
  readonly milliseconds: number
  /** Of the step, 0 to 1. */
  readonly share: number
  /** A step. */
  readonly calls: number
  /** A step, in 10⁹ operations; where it computes convolutions or matrix products. */
  readonly gflop?: number
  /** 10⁹ operations a second of its share of the time: where two run side by side, half of it is each one's. */
  readonly gflops?: number
  /** `gflops` over the machine's best matrix product. */
  readonly ofPeak?: number
}

export type OpRow = CostRow & {
  readonly layer: string
  readonly op: string
  readonly kind: Kind
  /** Of the output of its costliest call. */
  readonly shape: ReadonlyArray<number>
  /** Of oneDNN, where it computed it. */
  readonly implementations: ReadonlyArray<string>
}

export type PrimitiveRow = {
  readonly kind: string
  readonly implementation: string
  readonly propagation: string
  readonly milliseconds: number
  readonly calls: number
  /** Plain code that oneDNN falls back to. */
  readonly reference: boolean
}

export type ProfileSummary = {
  readonly steps: number
  readonly secondsPerStep: { readonly timed: number; readonly traced: number }
  readonly threads: number
  readonly tensorflow: string
  readonly peakGflops: number | undefined
  /** Nodes that ran in a step. */
  readonly nodes: number
  readonly byKind: ReadonlyArray<CostRow & { readonly name: Kind }>
  /** Costliest first. */
  readonly byLayer: ReadonlyArray<CostRow>
  readonly byOp: ReadonlyArray<OpRow>
  /** What oneDNN says of itself; its times lie within those of the ops. */
  readonly oneDnn: ReadonlyArray<PrimitiveRow>
}

type Piece = { readonly row: NodeRow; readonly micros: number }

/** Items by a name, in the order in which names come. */
const grouped = <A>(items: ReadonlyArray<A>, nameOf: (item: A) => string): ReadonlyMap<string, ReadonlyArray<A>> => {
  const groups = new Map<string, Array<A>>()
  for (const item of items) {
    const name = nameOf(item)
    const group = groups.get(name)
    if (group) group.push(item)
    else groups.set(name, [item])
  }
  return groups
}

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, one) => total + one, 0)
const costliest = <A extends { readonly milliseconds: number }>(rows: ReadonlyArray<A>): ReadonlyArray<A> =>
  rows.toSorted((a, b) => b.milliseconds - a.milliseconds)

const within = (phase: Phase, call: Call): boolean =>
  call.startMicros >= phase.startMicros && call.startMicros < phase.startMicros + phase.micros

const primitiveRows = (primitives: ReadonlyArray<Primitive>, steps: number): ReadonlyArray<PrimitiveRow> =>
  costliest(
    [...grouped(primitives, (one) => `${one.kind} ${one.implementation} ${one.propagation}`).values()].map((group) => {
      const [{ kind, implementation, propagation }] = group as [Primitive]
      return {
        kind,
        implementation,
        propagation: propagation === 'undef' ? '' : propagation,
        milliseconds: sum(group.map((one) => one.milliseconds)) / steps,
        calls: group.length / steps,
        reference: isReference(implementation),
      }
    }),
  )

/**
 * @param primitives all that oneDNN printed; those outside of the traced steps are left out.
 * @returns undefined where no step was traced.
 */
export const summariseRecording = (
  recording: Recording,
  primitives: ReadonlyArray<Primitive> = [],
): ProfileSummary | undefined => {
  const { timed, traced, peakGflops } = recording
  if (!timed || !traced || traced.steps === 0) return undefined
  const { steps } = traced
  const calls = recording.calls.filter((call) => within(traced, call))
  const traces = calls.flatMap(({ trace }) => (trace === undefined ? [] : [recording.traces[trace] ?? []]))
  const shared = shareTime(traced, calls, traces)
  const pieces = traces.flatMap((rows, i) =>
    rows.map((row, j): Piece => ({ row, micros: shared.nodes[i]?.[j] as number })),
  )
  const cost = (name: string, micros: number, group: ReadonlyArray<Piece>, count: number): CostRow => {
    const working = group.filter(({ row }) => row.flop !== undefined)
    const flop = sum(working.map(({ row }) => row.flop as number))
    const gflops = flop / sum(working.map((piece) => piece.micros)) / 1000
    return {
      name,
      milliseconds: micros / 1000 / steps,
      share: micros / traced.micros,
      calls: count / steps,
      ...(working.length > 0 && {
        gflop: flop / 1e9 / steps,
        gflops,
        ...(peakGflops !== undefined && { ofPeak: gflops / peakGflops }),
      }),
    }
  }
  const costOf = (name: string, group: ReadonlyArray<Piece>): CostRow =>
    cost(name, sum(group.map(({ micros }) => micros)), group, group.length)

  const byKindOfNode = grouped(pieces, ({ row }) => kindOf(row))
  const eagerCalls = calls.filter(({ kind }) => kind === 'eager').length
  const valueCalls = calls.filter(({ kind }) => kind === 'upload' || kind === 'read').length
  const around: Partial<Record<Kind, CostRow>> = {
    'eager op': cost('eager op', shared.eager, [], eagerCalls),
    'values in and out': cost('values in and out', shared.values, [], valueCalls),
    runtime: cost('runtime', shared.runtime, [], traces.length),
    idle: cost('idle', shared.idle, [], 0),
    host: cost('host', shared.host, [], 0),
  }
  const inSteps = primitives.filter(
    ({ endMillis }) =>
      endMillis === undefined ||
      (endMillis * 1000 >= traced.startMicros && endMillis * 1000 <= traced.startMicros + traced.micros),
  )
  const byProblem = grouped(
    inSteps.filter((one) => primitiveKey(one) !== undefined),
    (one) => primitiveKey(one) as string,
  )
  return {
    steps,
    secondsPerStep: { timed: timed.micros / 1e6 / timed.steps, traced: traced.micros / 1e6 / steps },
    threads: recording.threads,
    tensorflow: recording.tensorflow,
    peakGflops,
    nodes: pieces.length / steps,
    byKind: costliest(
      kinds.flatMap((kind) => {
        const row = around[kind] ?? costOf(kind, byKindOfNode.get(kind) ?? [])
        return row.milliseconds > 0 ? [{ ...row, name: kind }] : []
      }),
    ),
    byLayer: costliest(
      [...grouped(pieces, ({ row }) => layerOf(row.node))].map(([name, group]) => costOf(name, group)),
    ),
    byOp: costliest(
      [...grouped(pieces, ({ row }) => `${layerOf(row.node)} ${row.op}`)].map(([name, group]): OpRow & CostRow => {
        const [{ row }] = group.toSorted((a, b) => b.micros - a.micros) as [Piece]
        const keys = new Set(group.map((piece) => convolutionKey(piece.row)))
        const used = [...keys].flatMap((one) => (one === undefined ? [] : (byProblem.get(one) ?? [])))
        return {
          ...costOf(name, group),
          layer: layerOf(row.node),
          op: row.op,
          kind: kindOf(row),
          shape: row.output ?? [],
          implementations: [...new Set(used.map(({ implementation }) => implementation))],
        }
      }),
    ),
    oneDnn: primitiveRows(inSteps, steps),
  }
}
