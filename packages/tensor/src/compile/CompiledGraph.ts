// One graph in a session: what `compileStep` and `compileFunction` keep for each signature.
import type { Tensor } from '@tensorflow/tfjs-core'
import { CompiledStepError } from './CompiledStepError.ts'
import type { GraphHost } from './graphHost.ts'
import type { GraphPort } from './graphSpec.ts'
import type { StoredGraph } from './keptGraph.ts'
import type { NodeBackend } from './nodeBinding.ts'

/** A graph that can be run. The caller owns every tensor that `run` returns. */
export type CompiledGraph = {
  /** @param inputs in the order in which they were traced. */
  readonly run: (inputs: ReadonlyArray<Tensor>) => Record<string, Tensor>
  readonly dispose: () => void
}

/** The session, and handles of the large constants. Apart, so that the graph's bytes are not held on to. */
const openSession = ({ binding }: NodeBackend, host: GraphHost, graph: StoredGraph) => {
  const session = host.load(graph.savedModel)
  const ports = graph.inputs.slice(graph.inputs.length - graph.hidden.length)
  const values = (i: number) => graph.hidden[i] as ArrayBufferView
  return { session, hidden: ports.map(({ shape, dtype }, i) => binding.createTensor(shape, dtype, values(i))) }
}

const names = (ports: ReadonlyArray<GraphPort>) => ports.map(({ node }) => `${node}:0`).join(',')

/**
 * Loads a graph into a session.
 * @throws CompiledStepError when TensorFlow does not take it
 */
export const loadGraph = (on: NodeBackend, host: GraphHost, graph: StoredGraph): CompiledGraph => {
  const { binding } = on
  let opened: ReturnType<typeof openSession> | undefined
  try {
    opened = openSession(on, host, graph)
  } catch (cause) {
    throw new CompiledStepError(`TensorFlow refuses the traced graph: ${(cause as Error).message}`, { cause })
  }
  const inputNames = names(graph.inputs)
  const outputNames = names(graph.outputs)
  const outputs = graph.outputs.map(({ name }) => name)
  return {
    run: (inputs) => {
      if (!opened) throw new CompiledStepError('this compiled function was disposed')
      const ids = [...on.getInputTensorIds(inputs), ...opened.hidden]
      try {
        const handles = binding.runSavedModel(opened.session, ids, inputNames, outputNames)
        return Object.fromEntries(outputs.map((name, i) => [name, on.createOutputTensor(handles[i] as never)]))
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
      if (!opened) return
      binding.deleteSavedModel(opened.session)
      for (const id of opened.hidden) binding.deleteTensor(id)
      opened = undefined
    },
  }
}
