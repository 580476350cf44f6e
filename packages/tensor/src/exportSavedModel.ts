// Writes a pure function of named tensors as a TensorFlow SavedModel, for programs that know nothing of this one: Python
// loads it with `tf.saved_model.load(folder).signatures['serving_default']`. Used by the exports of generators and
// detectors.
import { dispose, zeros } from '@tensorflow/tfjs-core'
import { CompiledStepError } from './compile/CompiledStepError.ts'
import { graphHost } from './compile/graphHost.ts'
import type { GraphNode, GraphPort, GraphSpec } from './compile/graphSpec.ts'
import { DataType, nodeBackend } from './compile/nodeBinding.ts'
import { savedModelParts } from './compile/savedModel.ts'
import { toBfloat16 } from './compile/toBfloat16.ts'
import { traceGraph } from './compile/traceGraph.ts'
import type { Tensors } from './compileFunction.ts'
import { withPortableOps } from './ops/portable.ts'

/** A form of an input; the first axis is usually the batch. Every size is fixed: the graph is for these shapes alone. */
export type ExportedInput = {
  readonly shape: ReadonlyArray<number>
  /** `uint8` and `uint16`, as films are stored, reach the function as float32. @default 'float32' */
  readonly dtype?: 'float32' | 'int32' | 'bool' | 'uint8' | 'uint16'
}

export type ExportOptions = {
  /** By name: letters, digits and underscores, since Python's signatures take them as keywords. */
  readonly inputs: Readonly<Record<string, ExportedInput>>
  /** Gets `saved_model.pb`; made when it is missing. */
  readonly folder: string
  /** As in `compileFunction`. @default 'fp32' */
  readonly precision?: 'fp32' | 'bf16'
}

const STORED = { uint8: 4, uint16: 17 } as const

const isStored = (dtype: ExportedInput['dtype']): dtype is keyof typeof STORED =>
  dtype === 'uint8' || dtype === 'uint16'

/** A graph whose input `port` has a type that tfjs lacks: a placeholder of that type, and a cast under the old name. */
const storedInput = (graph: GraphSpec, port: GraphPort, type: number): GraphSpec => {
  const node = `${port.node}_stored`
  const attributes = { SrcT: { kind: 'type', value: type }, DstT: { kind: 'type', value: DataType.float32 } } as const
  const cast: GraphNode = { name: port.node, op: 'Cast', inputs: [node], attributes }
  return {
    ...graph,
    nodes: graph.nodes.flatMap((old) =>
      old.name === port.node
        ? [{ ...old, name: node, attributes: { ...old.attributes, dtype: { kind: 'type', value: type } } }, cast]
        : [old],
    ),
    inputs: graph.inputs.map((old) => (old === port ? { ...port, node, dtype: type } : old)),
  }
}

const checkNames = (what: string, names: ReadonlyArray<string>): void => {
  const bad = names.find((name) => !/^[A-Za-z_]\w*$/.test(name))
  if (bad !== undefined)
    throw new CompiledStepError(
      `the ${what} '${bad}' of a SavedModel must be a name of letters, digits and underscores`,
      {
        subject: bad,
      },
    )
}

/**
 * Traces `f` once on zeros and writes the graph with all constants inside and of TensorFlow's own ops alone, so that the
 * folder is all there is.
 * @param f as for `compileFunction`; what it captures, such as parameters, becomes part of the file
 * @returns bytes written
 * @throws CompiledStepError when `f` cannot be a graph, a name is none for Python, or the file would be larger than the
 *   2 GB that protocol buffers allow
 */
export const exportSavedModel = (f: (inputs: Tensors) => Tensors, options: ExportOptions): number => {
  const on = nodeBackend()
  const host = graphHost()
  if (!on || !host)
    throw new CompiledStepError('a SavedModel is made by TensorFlow: call loadRuntime of @radiograft/tensor/node first')
  const entries = Object.entries(options.inputs)
  checkNames('input', Object.keys(options.inputs))
  const examples = entries.map(
    ([name, { shape, dtype = 'float32' }]) => [name, zeros([...shape], isStored(dtype) ? 'float32' : dtype)] as const,
  )
  let traced: ReturnType<typeof traceGraph>
  try {
    traced = traceGraph(on, examples, (inputs) => Object.entries(withPortableOps(() => f(inputs))), {
      largeConstants: 'inside',
    })
  } finally {
    dispose(examples.map(([, tensor]) => tensor))
  }
  checkNames(
    'output',
    traced.outputs.map(({ name }) => name),
  )
  const typed = entries.reduce<GraphSpec>((graph, [name, { dtype }]) => {
    const port = graph.inputs.find((input) => input.name === name)
    return port && isStored(dtype) ? storedInput(graph, port, STORED[dtype]) : graph
  }, traced)
  const { parts, length } = savedModelParts(options.precision === 'bf16' ? toBfloat16(typed) : typed)
  host.files.write(options.folder, 'saved_model.pb', parts)
  return length
}
