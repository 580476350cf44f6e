// Mixed precision as a rewriting of the graph: convolutions and matrix products compute in bfloat16, everything else and
// every stored value stays float32. Used by `compileFunction` when the precision is 'bf16'.
import type { AttributeValue, GraphNode, GraphSpec } from './graphSpec.ts'
import { DataType } from './nodeBinding.ts'

/** The ops and, for each, which inputs are numbers (the others are shapes). */
const REWRITTEN: Readonly<Record<string, ReadonlyArray<number>>> = {
  Conv2D: [0, 1],
  Conv2DBackpropInput: [1, 2],
  Conv2DBackpropFilter: [0, 2],
  MatMul: [0, 1],
  BatchMatMulV2: [0, 1],
}

/**
 * Ops that copy numbers or keep the larger of a number and 0: rounding before them gives the same bits as rounding after. Their
 * first input is the numbers, and they leave no fewer than they get, so that a cast before them costs no more.
 */
const MOVES = new Set(['Pad', 'MirrorPad', 'Transpose', 'Reshape', 'Relu'])

const type = (value: number): AttributeValue => ({ kind: 'type', value })

const isFloat = ({ attributes: { T } }: GraphNode): boolean => T?.kind === 'type' && T.value === DataType.float32

const operandsOf = (node: GraphNode): ReadonlyArray<number> => (isFloat(node) && REWRITTEN[node.op]) || []
const isMove = (node: GraphNode): boolean => MOVES.has(node.op) && isFloat(node)

/** The name of the node that a reference such as `split:1` leads to. */
const nodeOf = (reference: string): string => reference.replace(/:\d+$/, '')

const castNode = (name: string, input: string, from: number, to: number): GraphNode => ({
  name,
  op: 'Cast',
  inputs: [input],
  attributes: { SrcT: type(from), DstT: type(to) },
})

/** Moves of which nothing but the narrowed values is used: by bfloat16 ops, directly or through other moves. */
const narrowedMoves = (nodes: ReadonlyArray<GraphNode>): ReadonlySet<string> => {
  const narrowed = new Set<string>()
  const wide = new Set<string>()
  // users come after what they use
  for (const node of nodes.toReversed()) {
    const operands = operandsOf(node)
    const move = isMove(node)
    if (move && !wide.has(node.name)) narrowed.add(node.name)
    const takesNarrow = (i: number): boolean => operands.includes(i) || (i === 0 && narrowed.has(node.name))
    node.inputs.forEach((input, i) => {
      if (!takesNarrow(i)) wide.add(nodeOf(input))
    })
  }
  return narrowed
}

/** The nodes that the outputs need, and all inputs. */
const needed = (nodes: ReadonlyArray<GraphNode>, outputs: ReadonlyArray<string>): ReadonlyArray<GraphNode> => {
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const wanted = new Set<string>()
  const open = [...outputs]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (wanted.has(name)) continue
    wanted.add(name)
    open.push(...(byName.get(name)?.inputs ?? []).map(nodeOf))
  }
  return nodes.filter(({ name, op }) => wanted.has(name) || op === 'Placeholder')
}

/**
 * The same graph with its convolutions and matrix products in bfloat16. Each value is cast once; a cast is moved before ops
 * that only move numbers, where it meets the cast of the op before and both fall away. The results are those of casting
 * around every op, bit for bit.
 * @param options.moves moves casts. @default true
 */
export const toBfloat16 = <G extends GraphSpec>(graph: G, options: { readonly moves?: boolean } = {}): G => {
  const byName = new Map(graph.nodes.map((node) => [node.name, node]))
  const moved = options.moves === false ? new Set<string>() : narrowedMoves(graph.nodes)
  const casts = new Map<string, GraphNode>()
  const inBfloat16 = (node: GraphNode): string => `${node.name}_bf16`
  const narrow = (input: string): string => {
    const node = byName.get(nodeOf(input))
    const rewritten = node !== undefined && operandsOf(node).length > 0 && options.moves !== false
    if (node && (rewritten || moved.has(node.name))) return inBfloat16(node)
    const known = casts.get(input)
    if (known) return known.name
    const cast = castNode(`${input.replace(':', '_')}_to_bf16`, input, DataType.float32, DataType.bfloat16)
    casts.set(input, cast)
    return cast.name
  }
  const nodes = graph.nodes.flatMap((node): Array<GraphNode> => {
    const move = moved.has(node.name)
    const operands = move ? [0] : operandsOf(node)
    if (operands.length === 0) return [node]
    const inner = {
      ...node,
      name: inBfloat16(node),
      inputs: node.inputs.map((input, i) => (operands.includes(i) ? narrow(input) : input)),
      attributes: { ...node.attributes, T: type(DataType.bfloat16) },
    }
    // The old name now belongs to the widened result, so that who uses it in float32 does not change.
    return [inner, ...(move ? [] : [castNode(node.name, inner.name, DataType.bfloat16, DataType.float32)])]
  })
  const outputs = graph.outputs.map(({ node }) => node)
  return { ...graph, nodes: needed([...nodes, ...casts.values()], outputs) }
}
