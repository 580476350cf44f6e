// One traced graph in a session: what `compileStep` and `compileFunction` keep for each signature.
import type { Tensor } from '@tensorflow/tfjs-core'
import { CompiledStepError } from './CompiledStepError.ts'
import type { GraphHost } from './graphHost.ts'
import type { NodeBackend } from './nodeBinding.ts'
import { savedModelBytes } from './savedModel.ts'
import type { TracedGraph } from './traceGraph.ts'

/** A graph that can be run. The caller owns every tensor that `run` returns. */
export type CompiledGraph = {
  /** @param inputs in the order in which they were traced. */
  readonly run: (inputs: ReadonlyArray<Tensor>) => Record<string, Tensor>
  readonly dispose: () => void
  readonly nodes: number
}

/** Loads a traced graph into a session. */
export const loadGraph = (on: NodeBackend, host: GraphHost, graph: TracedGraph): CompiledGraph => {
  const { binding } = on
  let session: number | undefined
  try {
    session = host.load(savedModelBytes(graph))
  } catch (cause) {
    for (const id of graph.hidden) binding.deleteTensor(id)
    throw new CompiledStepError(`TensorFlow refuses the traced graph: ${(cause as Error).message}`, { cause })
  }
  const inputNames = graph.inputs.map(({ node }) => `${node}:0`).join(',')
  const outputNames = graph.outputs.map(({ node }) => `${node}:0`).join(',')
  return {
    nodes: graph.nodes.length,
    run: (inputs) => {
      if (session === undefined) throw new CompiledStepError('this compiled function was disposed')
      const ids = [...on.getInputTensorIds(inputs), ...graph.hidden]
      try {
        const handles = binding.runSavedModel(session, ids, inputNames, outputNames)
        return Object.fromEntries(
          graph.outputs.map(({ name }, i) => [name, on.createOutputTensor(handles[i] as never)]),
        )
      } catch (cause) {
        const { message } = cause as Error
        const node = /\{\{node ([^}]+)\}\}/.exec(message)?.[1]
        throw new CompiledStepError(`a compiled graph failed${node === undefined ? '' : ` in ${node}`}: ${message}`, {
          cause,
          ...(node !== undefined && { subject: node }),
        })
      }
    },
    dispose: () => {
      if (session === undefined) return
      binding.deleteSavedModel(session)
      for (const id of graph.hidden) binding.deleteTensor(id)
      session = undefined
    },
  }
}
