// One graph in a session: what `compileStep` and `compileFunction` keep for each signature.
import type { Tensor } from '@tensorflow/tfjs-core'
import { CompiledStepError } from './CompiledStepError.ts'
import type { GraphHost } from './graphHost.ts'
import type { GraphPort } from './graphSpec.ts'
import type { StoredGraph } from './keptGraph.ts'
import type { Handle, NodeBackend } from './nodeBinding.ts'

/** A graph that can be run. The caller owns every tensor that `run` returns. */
export type CompiledGraph = {
  /** @param inputs in the order in which they were traced. */
  readonly run: (inputs: ReadonlyArray<Tensor>) => Record<string, Tensor>
  /** The same on another thread; the inputs must stay until it settles. */
  readonly runAside: (inputs: ReadonlyArray<Tensor>) => Promise<Record<string, Tensor>>
  readonly dispose: () => void
}

/** The session, and handles of the large constants. Apart, so that the graph's bytes are not held on to. */
const openSession = ({ binding }: NodeBackend, host: GraphHost, graph: StoredGraph) => {
  const session = host.load(graph.savedModel)
  const ports = graph.inputs.slice(graph.inputs.length - graph.hidden.length)
  const values = (i: number) => graph.hidden[i] as ArrayBufferView
  return { session, hidden: ports.map(({ shape, dtype }, i) => binding.createTensor(shape, dtype, values(i))) }
}

/** What TensorFlow says of a failed run, with the node that failed. */
const failure = (cause: Error): CompiledStepError => {
  const node = /\{\{node ([^}]+)\}\}/.exec(cause.message)?.[1]
  const where = node === undefined ? '' : ` in ${node}`
  return new CompiledStepError(`a compiled graph failed${where}: ${cause.message}`, {
    cause,
    ...(node !== undefined && { subject: node }),
  })
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
  const feed = (inputs: ReadonlyArray<Tensor>) => {
    if (!opened) throw new CompiledStepError('this compiled function was disposed')
    return [opened.session, [...on.getInputTensorIds(inputs), ...opened.hidden], inputNames, outputNames] as const
  }
  const results = (handles: ReadonlyArray<Handle>) =>
    Object.fromEntries(outputs.map((name, i) => [name, on.createOutputTensor(handles[i] as Handle)]))
  const close = (): void => {
    if (!opened) return
    binding.deleteSavedModel(opened.session)
    for (const id of opened.hidden) binding.deleteTensor(id)
    opened = undefined
  }
  let running = 0
  let closing = false
  return {
    run: (inputs) => {
      const call = feed(inputs)
      let handles: ReadonlyArray<Handle>
      try {
        handles = on.binding.runSavedModel(...call)
      } catch (cause) {
        throw failure(cause as Error)
      }
      return results(handles)
    },
    runAside: async (inputs) => {
      const call = feed(inputs)
      running += 1
      try {
        const handles = await new Promise<ReadonlyArray<Handle>>((resolve, reject) => {
          on.binding.runSavedModel(...call, (error, made) => (error ? reject(failure(error)) : resolve(made)))
        })
        return results(handles)
      } finally {
        running -= 1
        if (closing && running === 0) close()
      }
    },
    dispose: () => {
      // A session must not go while it runs.
      closing = true
      if (running === 0) close()
    },
  }
}
