// What TensorFlow recorded of one run of a graph, as plain rows. Used by `recordSteps` in the process that computes.
// Field numbers are those of TensorFlow's config.proto, step_stats.proto, graph.proto and tensor_description.proto.
import { floatingWork } from './floatingWork.ts'
import type { Message } from './protobufReader.ts'
import { readMessage } from './protobufReader.ts'

/** One op of one run. */
export type NodeRow = {
  /** As it was traced: `<layer>/…/n12_Conv2D`. */
  readonly node: string
  /** TensorFlow's name of the op, without the prefixes of oneDNN's variants (`_MklNativeConv2D` is `Conv2D`). */
  readonly op: string
  /** Since the epoch. */
  readonly startMicros: number
  /** From the begin to the end of its kernel. A kernel may use several threads meanwhile. */
  readonly micros: number
  /** The thread that ran it. */
  readonly thread: number
  /** Shapes of what went in, where known. */
  readonly inputs: ReadonlyArray<ReadonlyArray<number>>
  /** Shape of the first output; absent for an op without one. */
  readonly output?: ReadonlyArray<number>
  /** Bytes of all outputs. */
  readonly outputBytes: number
  /** Operations on numbers, for convolutions and matrix products. */
  readonly flop?: number
}

/** TensorFlow's own nodes around a graph: they compute nothing. */
const FRAME = new Set(['_Arg', '_Retval', '_Send', '_Recv', 'NoOp', 'Const'])

const plainOp = (op: string): string => op.replace(/^_(MklNative|MklFused|Mkl)/, '').replace(/^_Fused/, 'Fused')

/** tensor_shape.proto: dim 2 { size 1 } */
const shapeOf = (shape: Message | undefined): ReadonlyArray<number> =>
  shape ? shape.messages(2).map((dimension) => dimension.number(1)) : []

/** Nanoseconds where the record has them (field 13 and on), microseconds in an older one. */
const timesOf = (stats: Message): { readonly start: number; readonly micros: number } => {
  const nanos = stats.number(13)
  if (nanos > 0) {
    const [begin, end] = [stats.number(14), stats.number(15)]
    return { start: (nanos + begin) / 1000, micros: (end - begin) / 1000 }
  }
  const [begin, end] = [stats.number(3), stats.number(4)]
  return { start: stats.number(2) + begin, micros: end - begin }
}

/** @param metadata a serialised `RunMetadata` with the graphs that ran. */
export const readTrace = (metadata: Uint8Array): ReadonlyArray<NodeRow> => {
  const run = readMessage(metadata)
  // config.proto RunMetadata: step_stats 1, partition_graphs 3; graph.proto: node 1; node_def.proto: name 1, op 2, input 3
  const graph = new Map(
    run
      .messages(3)
      .flatMap((part) => part.messages(1))
      .map((node) => [node.text(1), { op: node.text(2), inputs: node.texts(3) }] as const),
  )
  // step_stats.proto: dev_stats 1 { node_stats 2 }
  const stats = run
    .messages(1)
    .flatMap((all) => all.messages(1))
    .flatMap((device) => device.messages(2))
  // NodeExecStats: output 7 { slot 1, tensor_description 3 { shape 2, allocation_description 4 { requested_bytes 1 } } }
  const outputs = new Map<string, { readonly shape: ReadonlyArray<number>; readonly bytes: number }>()
  for (const one of stats)
    for (const output of one.messages(7)) {
      const [description] = output.messages(3)
      const shape = shapeOf(description?.messages(2)[0])
      const bytes = description?.messages(4)[0]?.number(1) ?? 0
      outputs.set(`${one.text(1)}:${output.number(1)}`, { shape, bytes })
    }
  const outputOf = (input: string) => outputs.get(/:\d+$/.test(input) ? input : `${input}:0`)
  const rows: Array<NodeRow> = []
  for (const one of stats) {
    const node = one.text(1)
    const known = graph.get(node)
    if (!known || FRAME.has(known.op)) continue
    const op = plainOp(known.op)
    const { start, micros } = timesOf(one)
    const inputs = known.inputs.filter((input) => !input.startsWith('^')).map((input) => outputOf(input)?.shape ?? [])
    const own = one.messages(7).map((output) => outputs.get(`${node}:${output.number(1)}`))
    const output = outputs.get(`${node}:0`)?.shape
    const flop = floatingWork(op, inputs, output)
    rows.push({
      node,
      op,
      startMicros: start,
      micros,
      thread: one.number(10),
      inputs,
      ...(output && { output }),
      outputBytes: own.reduce((sum, each) => sum + (each?.bytes ?? 0), 0),
      ...(flop !== undefined && { flop }),
    })
  }
  return rows
}
