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

const type = (value: number): AttributeValue => ({ kind: 'type', value })

const castNode = (name: string, input: string, from: number, to: number): GraphNode => ({
  name,
  op: 'Cast',
  inputs: [input],
  attributes: { SrcT: type(from), DstT: type(to) },
})

/** The same graph with its convolutions and matrix products in bfloat16; each value is cast once. */
export const toBfloat16 = <G extends GraphSpec>(graph: G): G => {
  const casts = new Map<string, GraphNode>()
  const narrowed = (input: string): string => {
    const known = casts.get(input)
    if (known) return known.name
    const node = castNode(`bf16_${casts.size}`, input, DataType.float32, DataType.bfloat16)
    casts.set(input, node)
    return node.name
  }
  const nodes = graph.nodes.flatMap((node): Array<GraphNode> => {
    const operands = REWRITTEN[node.op]
    const T = node.attributes['T']
    if (!operands || T?.kind !== 'type' || T.value !== DataType.float32) return [node]
    const inputs = node.inputs.map((input, i) => (operands.includes(i) ? narrowed(input) : input))
    const inner = {
      ...node,
      name: `${node.name}_bf16`,
      inputs,
      attributes: { ...node.attributes, T: type(DataType.bfloat16) },
    }
    // The old name now belongs to the widened result, so nobody else changes.
    return [inner, castNode(node.name, inner.name, DataType.bfloat16, DataType.float32)]
  })
  return { ...graph, nodes: [...nodes, ...casts.values()] }
}
