// The tracer: runs a function once on tfjs-node's eager backend while it records every kernel call, and returns the
// record as a graph. Used by `CompiledGraph`, once for each signature.
import { tidy, type Tensor } from '@tensorflow/tfjs-core'
import { callerLine, CompiledStepError } from './CompiledStepError.ts'
import { fillAttributes } from './fillAttributes.ts'
import type { AttributeValue, GraphNode, GraphPort, GraphSpec } from './graphSpec.ts'
import type { Binding, BindingAttribute, Handle, NodeBackend } from './nodeBinding.ts'
import { withGradientScopes } from './gradientScopes.ts'
import { DataType } from './nodeBinding.ts'
import { opScopePath } from './opScope.ts'
import { dependsOnValues, isFixed } from './valueDependence.ts'
import { withoutSideEffects } from './withoutSideEffects.ts'

/** The graph, and the large captured tensors that are fed to it at every call. */
export type TracedGraph = GraphSpec & {
  /** Values of the last `inputs`. */
  readonly hidden: ReadonlyArray<ArrayBufferView>
}

export type TraceOptions = {
  /**
   * Where captured constants of more than 64 KB go: `fed` at each call, out of the protobuf, or `inside` the graph.
   * @default 'fed'
   */
  readonly largeConstants?: 'fed' | 'inside'
}

/** Captured constants above this size become hidden inputs, because a protobuf copies them several times. */
const LARGE_BYTES = 65_536

/** From this many equal elements a constant is written as `Fill`. */
const UNIFORM_FROM = 32

type Constant = { readonly dtype: number; readonly shape: ReadonlyArray<number>; readonly values: ArrayBufferView }

/** A value in the graph. */
type Known = {
  readonly ref: string
  readonly dtype: number
  /** The same at every call: a constant, or computed from constants alone. */
  readonly fixed: boolean
  /** Values of a constant. */
  readonly values?: ArrayBufferView
}

const bytesOf = (values: ArrayBufferView) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

const isUniform = (bytes: Uint8Array, size: number): boolean => {
  for (let i = size; i < bytes.length; i++) if (bytes[i] !== bytes[i - size]) return false
  return true
}

/** An attribute of the binding as graph data. */
const attributeValue = (binding: Binding, { name, type, value }: BindingAttribute, op: string): AttributeValue => {
  const list = Array.isArray(value) ? (value as ReadonlyArray<number>) : undefined
  if (type === binding.TF_ATTR_SHAPE && list) return { kind: 'shape', value: list }
  if (type === binding.TF_ATTR_INT) return list ? { kind: 'ints', value: list } : { kind: 'int', value: Number(value) }
  if (type === binding.TF_ATTR_FLOAT)
    return list ? { kind: 'floats', value: list } : { kind: 'float', value: Number(value) }
  if (type === binding.TF_ATTR_TYPE)
    return list ? { kind: 'types', value: list } : { kind: 'type', value: Number(value) }
  if (type === binding.TF_ATTR_BOOL && !list) return { kind: 'bool', value: Boolean(value) }
  if (type === binding.TF_ATTR_STRING && typeof value === 'string') return { kind: 'string', value }
  throw new CompiledStepError(`attribute '${name}' of the op ${op} has a kind that a compiled step does not know`, {
    subject: op,
    at: callerLine(),
  })
}

/** The nodes that `outputs` need, and all placeholders, in their order. */
const reachable = (nodes: ReadonlyArray<GraphNode>, outputs: ReadonlyArray<string>): Array<GraphNode> => {
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const wanted = new Set<string>()
  const open = [...outputs]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const plain = name.replace(/:\d+$/, '')
    if (wanted.has(plain)) continue
    wanted.add(plain)
    open.push(...(byName.get(plain)?.inputs ?? []))
  }
  return nodes.filter(({ name, op }) => wanted.has(name) || op === 'Placeholder')
}

/** What is recorded while a function runs. */
class Recorder {
  readonly nodes: Array<GraphNode> = []
  /** Every handle seen: inputs, results and constants. */
  readonly known = new Map<number, Known>()
  readonly created = new Map<number, Constant>()
  readonly seen = new Map<
    number,
    { readonly dtype: number; readonly shape: ReadonlyArray<number>; readonly variable: string | undefined }
  >()
  readonly hiddenPorts: Array<GraphPort> = []
  readonly hidden: Array<ArrayBufferView> = []
  readonly constants = new Map<string, string>()
  readonly binding: Binding
  readonly largeBytes: number
  violation: CompiledStepError | undefined
  constructor(binding: Binding, { largeConstants = 'fed' }: TraceOptions) {
    this.binding = binding
    this.largeBytes = largeConstants === 'fed' ? LARGE_BYTES : Infinity
  }

  refuse(message: string, subject?: string, at = callerLine()): CompiledStepError {
    const error = new CompiledStepError(message, { at, ...(subject !== undefined && { subject }) })
    this.violation ??= error
    return error
  }

  placeholder(name: string, dtype: number, shape: ReadonlyArray<number>): void {
    this.nodes.push({
      name,
      op: 'Placeholder',
      inputs: [],
      attributes: { dtype: { kind: 'type', value: dtype }, shape: { kind: 'shape', value: shape } },
    })
  }

  /** A `Const` node, one for each distinct value. */
  literal(dtype: number, shape: ReadonlyArray<number>, bytes: Uint8Array): string {
    let key = `${dtype}|${shape.join('x')}|`
    for (let i = 0; i < bytes.length; i += 4096) key += String.fromCharCode(...bytes.subarray(i, i + 4096))
    const present = this.constants.get(key)
    if (present !== undefined) return present
    const name = `c${this.constants.size}`
    this.constants.set(key, name)
    const value: AttributeValue = { kind: 'tensor', dtype, shape, bytes: bytes.slice() }
    this.nodes.push({ name, op: 'Const', inputs: [], attributes: { dtype: { kind: 'type', value: dtype }, value } })
    return name
  }

  /** A tensor that is neither an input nor made inside becomes a constant of the graph. */
  capture(id: number): Known {
    const noted = this.seen.get(id)
    if (noted?.variable !== undefined) {
      throw this.refuse(
        `the variable '${noted.variable}' is used inside a compiled step, where its value would be frozen; make it part of the state`,
        noted.variable,
      )
    }
    const made = this.created.get(id)
    if (!made && !noted) throw this.refuse('a tensor of unknown origin reached a compiled step')
    const { dtype, shape } = (made ?? noted) as Constant
    // A copy: the caller's buffer may hold other numbers before the graph is written.
    const given = made?.values ?? this.binding.tensorDataSync(id)
    const values = (given as Float32Array | Int32Array | Uint8Array).slice()
    const bytes = bytesOf(values)
    const count = shape.reduce((product, size) => product * size, 1)
    let ref: string
    if (count >= UNIFORM_FROM && isUniform(bytes, bytes.length / count)) {
      const dims = this.literal(DataType.int32, [shape.length], bytesOf(Int32Array.from(shape)))
      const value = this.literal(dtype, [], bytes.subarray(0, bytes.length / count))
      ref = `fill${this.nodes.length}`
      this.nodes.push({
        name: ref,
        op: 'Fill',
        inputs: [dims, value],
        attributes: { T: { kind: 'type', value: dtype }, index_type: { kind: 'type', value: DataType.int32 } },
      })
    } else if (bytes.length > this.largeBytes) {
      ref = `hidden${this.hiddenPorts.length}`
      this.hiddenPorts.push({ name: ref, node: ref, dtype, shape })
      this.hidden.push(values)
      this.placeholder(ref, dtype, shape)
    } else ref = this.literal(dtype, shape, bytes)
    const entry = { ref, dtype, fixed: true, values }
    this.known.set(id, entry)
    return entry
  }

  reference(id: number) {
    return this.known.get(id) ?? this.capture(id)
  }

  /** Records one kernel call and runs it. */
  execute(
    op: string,
    given: ReadonlyArray<BindingAttribute>,
    ids: ReadonlyArray<number>,
    count: number,
  ): Array<Handle> {
    const attributes = Object.fromEntries(
      given.map((attribute) => [attribute.name, attributeValue(this.binding, attribute, op)]),
    )
    const inputs = ids.map((id) => this.reference(id))
    const pads = attributes['pad_to_max_output_size']
    if (dependsOnValues(op, inputs, pads?.kind === 'bool' && pads.value)) {
      throw this.refuse(
        `the op ${op} gives an output whose shape depends on values, which a compiled step cannot have; use a mask or a padded variant`,
        op,
      )
    }
    let complete: Record<string, AttributeValue>
    try {
      complete = fillAttributes(
        op,
        attributes,
        inputs.map(({ dtype }) => dtype),
        callerLine,
      )
    } catch (error) {
      this.violation ??= error as CompiledStepError
      throw error
    }
    const outputs = this.binding.executeOp(op, given, ids, count)
    const name = `${opScopePath()}n${this.nodes.length}_${op}`
    this.nodes.push({ name, op, inputs: inputs.map(({ ref }) => ref), attributes: complete })
    const fixed = isFixed(op, inputs)
    outputs.forEach(({ id, dtype }, i) => this.known.set(id, { ref: i === 0 ? name : `${name}:${i}`, dtype, fixed }))
    return outputs
  }
}

let tracing = false

/** The backend's binding and the functions around it, replaced while `body` runs. */
const recording = <A>(on: NodeBackend, recorder: Recorder, body: () => A): A => {
  const { binding, getInputTensorIds, read } = on
  const refuseRead = () =>
    recorder.refuse(
      'the values of a tensor are read inside a compiled step, where they do not exist yet; return them as a log or as an output',
    )
  const replaced: Partial<Binding> = {
    executeOp: (op: string, attributes: ReadonlyArray<BindingAttribute>, ids: ReadonlyArray<number>, count: number) =>
      recorder.execute(op, attributes, ids, count),
    createTensor: (shape: ReadonlyArray<number>, dtype: number, values: ArrayBufferView) => {
      const id = binding.createTensor(shape, dtype, values)
      recorder.created.set(id, { dtype, shape, values })
      return id
    },
    tensorDataSync: (id: number) => {
      // Constants may be read: their values are those of every later call. And tfjs-node's gather looks at its indices to
      // check their range, which decides nothing; the kernel in the graph checks them again.
      if (new Error().stack?.includes('kernels/GatherV2')) return binding.tensorDataSync(id)
      if (recorder.known.get(id)?.fixed ?? true) return binding.tensorDataSync(id)
      throw refuseRead()
    },
  }
  // The binding's own properties are read-only, so the replacements are defined and not assigned.
  on.binding = Object.create(binding, Object.getOwnPropertyDescriptors(replaced)) as Binding
  on.getInputTensorIds = (tensors) => {
    const ids = getInputTensorIds.call(on, tensors)
    tensors.forEach((tensor, i) => {
      const id = ids[i]
      const info = id === undefined || recorder.seen.has(id) ? undefined : on.tensorMap.get(tensor.dataId ?? tensor)
      if (id === undefined || !info) return
      const variable = 'trainable' in tensor ? (tensor as unknown as { readonly name: string }).name : undefined
      recorder.seen.set(id, { dtype: info.dtype, shape: info.shape, variable })
    })
    return ids
  }
  // A promise cannot be waited for inside a step: the error is thrown at the end of the trace.
  on.read = () => {
    refuseRead()
    return new Promise(() => {})
  }
  try {
    return withoutSideEffects(
      (...refusal) => recorder.refuse(...refusal),
      () => withGradientScopes(body),
    )
  } finally {
    on.binding = binding
    on.getInputTensorIds = getInputTensorIds
    on.read = read
  }
}

/**
 * Runs `f` once on copies of `inputs` and returns what it did as a graph. No tensor stays behind.
 * @param f pure: its results depend on its inputs and on constants only.
 * @throws CompiledStepError when `f` reads values, depends on them for a shape, or uses an op that a graph cannot hold.
 */
export const traceGraph = (
  on: NodeBackend,
  inputs: ReadonlyArray<readonly [name: string, tensor: Tensor]>,
  f: (inputs: Readonly<Record<string, Tensor>>) => ReadonlyArray<readonly [name: string, tensor: Tensor]>,
  options: TraceOptions = {},
): TracedGraph => {
  if (tracing)
    throw new CompiledStepError('a compiled function is called inside a compiled step; call the plain function there', {
      at: callerLine(),
    })
  const recorder = new Recorder(on.binding, options)
  tracing = true
  try {
    let traced: TracedGraph | undefined
    tidy(() => {
      const { binding } = recorder
      const ports: Array<GraphPort> = []
      // Fresh handles: two inputs may share one (a clone), and the graph must keep them apart.
      const fresh = inputs.map(([name, tensor], i) => {
        const [id] = on.getInputTensorIds([tensor])
        const dtype = on.tensorMap.get(tensor.dataId)?.dtype ?? DataType.float32
        const type = { name: 'T', type: binding.TF_ATTR_TYPE, value: dtype }
        const [handle] = binding.executeOp('Identity', [type], [id as number], 1)
        const node = `in${i}`
        ports.push({ name, node, dtype, shape: tensor.shape })
        recorder.placeholder(node, dtype, tensor.shape)
        recorder.known.set((handle as Handle).id, { ref: node, dtype, fixed: false })
        return [name, on.createOutputTensor(handle as Handle)] as const
      })
      const outputs = recording(on, recorder, () => {
        const results = f(Object.fromEntries(fresh))
        return results.map(([name, tensor], i): GraphPort => {
          const [id] = on.getInputTensorIds([tensor])
          const { ref, dtype } = recorder.reference(id as number)
          const node = `out${i}`
          recorder.nodes.push({
            name: node,
            op: 'Identity',
            inputs: [ref],
            attributes: { T: { kind: 'type', value: dtype } },
          })
          return { name, node, dtype, shape: tensor.shape }
        })
      })
      if (recorder.violation) throw recorder.violation
      const nodes = reachable(
        recorder.nodes,
        outputs.map(({ node }) => node),
      )
      traced = {
        nodes,
        inputs: [...ports, ...recorder.hiddenPorts],
        outputs,
        hidden: recorder.hidden,
      }
    })
    return traced as unknown as TracedGraph
  } catch (error) {
    // tfjs may wrap or swallow what was thrown inside a kernel: the first refusal is the cause.
    throw recorder.violation ?? error
  } finally {
    tracing = false
  }
}
