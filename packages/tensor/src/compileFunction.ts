// Compiles a pure function of named tensors into one TensorFlow graph for each input signature: inference, metrics,
// and the base of `compileStep`. On a backend other than tfjs-node's the function runs eagerly, with the same interface.
import { tidy, type Tensor } from '@tensorflow/tfjs-core'
import type { CompiledGraph } from './compile/CompiledGraph.ts'
import { loadGraph } from './compile/CompiledGraph.ts'
import { CompiledStepError } from './compile/CompiledStepError.ts'
import type { GraphHost } from './compile/graphHost.ts'
import { graphHost } from './compile/graphHost.ts'
import type { GraphCache } from './compile/keptGraph.ts'
import { findGraph, keepGraph, keptGraphName } from './compile/keptGraph.ts'
import type { NodeBackend } from './compile/nodeBinding.ts'
import { nodeBackend } from './compile/nodeBinding.ts'
import { savedModelBytes } from './compile/savedModel.ts'
import { toBfloat16 } from './compile/toBfloat16.ts'
import { traceGraph } from './compile/traceGraph.ts'
import { kernelsInUse, withNarrowableOps } from './ops/portable.ts'

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>

export type CompileOptions = {
  /** Run the function as it is, without a graph: for tests and debugging. @default false */
  readonly eager?: boolean
  /**
   * `bf16`: convolutions and matrix products in bfloat16, all else in float32. Faster on some machines and slower on
   * others: measure. Without a graph (eager, other backends) everything is float32. @default 'fp32'
   */
  readonly precision?: 'fp32' | 'bf16'
  /**
   * Keep compiled graphs on disk, and take one from there instead of running the function for a trace.
   * @default none are kept
   */
  readonly cache?: GraphCache
}

/** A compiled function. The caller keeps its inputs and owns the outputs. */
export type CompiledFunction<I extends Tensors, O extends Tensors> = {
  (inputs: I): O
  /** The same while JavaScript goes on: the graph runs on another thread. The inputs must stay until it settles. */
  readonly aside: (inputs: I) => Promise<O>
  /** Graphs compiled so far: one for each set of input names, shapes and dtypes (and, under `withPortableOps`, of kernels). */
  readonly graphs: () => number
  /** Frees sessions and captured constants; a later call compiles again. */
  readonly dispose: () => void
}

const checkTensors = (what: string, tensors: Tensors): void => {
  for (const [name, tensor] of Object.entries(tensors)) {
    const dtype = (tensor as Tensor | undefined)?.dtype
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new CompiledStepError(
        `${what} '${name}' is ${dtype === undefined ? 'no tensor' : `a ${dtype} tensor`}; float32, int32 and bool tensors can pass`,
        { subject: name },
      )
    }
  }
}

const refusePromise = (outputs: unknown): void => {
  const { then } = outputs as { readonly then?: (done: () => void, failed: () => void) => void }
  if (typeof then !== 'function') return
  // What comes after its first await runs outside of the trace, and may fail there: nobody asks any more.
  const ignore = () => {}
  then.call(outputs, ignore, ignore)
  throw new CompiledStepError('a compiled function must be synchronous')
}

/**
 * Compiles `f`. It is run once eagerly for each new signature of its inputs while its kernel calls are recorded, so it
 * must be pure: no reads of values, no shapes or branches that depend on them, no `Math.random`.
 * Constants that it captures are frozen at that moment.
 * @throws CompiledStepError from the call, naming the op and the line that cannot be compiled.
 */
export const compileFunction = <I extends Tensors = Tensors, O extends Tensors = Record<string, Tensor>>(
  f: (inputs: I) => O,
  options: CompileOptions = {},
): CompiledFunction<I, O> => {
  const graphs = new Map<string, CompiledGraph>()

  const { precision = 'fp32', cache } = options
  const nameOnDisk = ({ files }: GraphHost, key: string, signature: string) =>
    keptGraphName(files, { key, signature, precision, code: String(f), kernels: kernelsInUse() })

  const fromDisk = (on: NodeBackend, host: GraphHost, signature: string): CompiledGraph | undefined => {
    if (!cache) return undefined
    try {
      const found = findGraph(host.files, cache.folder, nameOnDisk(host, cache.key, signature))
      return found && loadGraph(on, host, found)
    } catch {
      // A graph of ops that this process does not have is made anew.
      return undefined
    }
  }

  const traced = (
    on: NodeBackend,
    host: GraphHost,
    signature: string,
    inputs: ReadonlyArray<readonly [string, Tensor]>,
  ): CompiledGraph => {
    const trace = traceGraph(on, inputs, (tensors) => {
      const outputs = precision === 'bf16' ? withNarrowableOps(() => f(tensors as I)) : f(tensors as I)
      refusePromise(outputs)
      checkTensors('output', outputs)
      return Object.entries(outputs)
    })
    const graph = precision === 'bf16' ? toBfloat16(trace) : trace
    const stored = { ...graph, savedModel: savedModelBytes(graph) }
    const loaded = loadGraph(on, host, stored)
    if (cache) keepGraph(host.files, cache.folder, nameOnDisk(host, cache.key, signature), stored)
    return loaded
  }

  /** The graph for these inputs, or what `f` gives where there are no graphs. */
  const prepare = (
    inputs: I,
  ): { readonly outputs: O } | { readonly graph: CompiledGraph; readonly tensors: ReadonlyArray<Tensor> } => {
    checkTensors('input', inputs)
    // Sorted, so that the order in which a record was filled makes no second graph.
    const names = Object.keys(inputs).toSorted()
    const tensors = names.map((name) => inputs[name] as Tensor)
    const on = options.eager ? undefined : nodeBackend()
    const host = on && graphHost()
    if (!on || !host) {
      // Clones, because an output may be an input: the caller owns the one and keeps the other.
      const outputs = tidy(
        () => Object.fromEntries(Object.entries(f(inputs)).map(([name, tensor]) => [name, tensor.clone()])) as O,
      )
      return { outputs }
    }
    const signature = names.map((name, i) => `${name}:${tensors[i]?.dtype}[${tensors[i]?.shape.join()}]`).join(';')
    const key = `${kernelsInUse()}|${signature}`
    let graph = graphs.get(key)
    if (!graph) {
      const entries = names.map((name, i) => [name, tensors[i] as Tensor] as const)
      graph = fromDisk(on, host, signature) ?? traced(on, host, signature, entries)
      graphs.set(key, graph)
    }
    return { graph, tensors }
  }

  // Also the first call takes the graph's results and not those of the trace: a resumed run must not differ from a straight one.
  const call = (inputs: I): O => {
    const ready = prepare(inputs)
    return 'outputs' in ready ? ready.outputs : (ready.graph.run(ready.tensors) as O)
  }

  const aside = async (inputs: I): Promise<O> => {
    const ready = prepare(inputs)
    return 'outputs' in ready ? ready.outputs : ((await ready.graph.runAside(ready.tensors)) as O)
  }

  return Object.assign(call, {
    aside,
    graphs: () => graphs.size,
    dispose: () => {
      for (const graph of graphs.values()) graph.dispose()
      graphs.clear()
    },
  })
}
