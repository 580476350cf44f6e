// A compiled graph as a file: what a session needs to run it without tracing the function again. Used by
// `compileFunction` where the caller names a folder.
//
//   radiograft-graph 2 <sha256 of the rest> \n | uint32 length | JSON | saved_model.pb | values of the hidden inputs
import type { GraphFiles } from './graphHost.ts'
import type { GraphPort } from './graphSpec.ts'
import { DataType } from './nodeBinding.ts'

/** What `loadGraph` takes: a SavedModel, its ports, and the values of the large constants that are fed at each call. */
export type StoredGraph = {
  readonly inputs: ReadonlyArray<GraphPort>
  readonly outputs: ReadonlyArray<GraphPort>
  readonly savedModel: Uint8Array
  /** One for each of the last `inputs`. */
  readonly hidden: ReadonlyArray<ArrayBufferView>
}

/** Raised when the tracer or the rewriting of graphs changes what it makes: older files are then not found. */
const FORMAT = 2

export type GraphCache = {
  /** Where graphs are kept; made when it is missing. */
  readonly folder: string
  /**
   * The caller's promise that code, constants and options of the function are the same wherever the key is. What may
   * differ under one key is told apart: names, shapes and dtypes of the inputs, the precision, TensorFlow's version,
   * which kernels of this package are there, and the function's own text.
   */
  readonly key: string
}

/** The name of a graph's file. */
export const keptGraphName = (
  files: GraphFiles,
  parts: {
    readonly key: string
    readonly signature: string
    readonly precision: string
    readonly code: string
    /** Which kernels of our own the trace may use. */
    readonly kernels: string
  },
): string =>
  `${files.digest([JSON.stringify([FORMAT, files.tensorflow, parts.key, parts.precision, parts.signature, parts.code, parts.kernels])])}.graph`

type Header = {
  readonly name: string
  readonly inputs: ReadonlyArray<GraphPort>
  readonly outputs: ReadonlyArray<GraphPort>
  /** Bytes of the SavedModel, then of each hidden input. */
  readonly lengths: ReadonlyArray<number>
}

const MAGIC = `radiograft-graph ${FORMAT} `
/** Magic, 64 hexadecimal digits, end of line. */
const BODY = MAGIC.length + 65

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => new Uint8Array(buffer, byteOffset, byteLength)

/** Writes a graph. A folder that cannot be written to costs the next process its time, and nothing else. */
export const keepGraph = (files: GraphFiles, folder: string, name: string, graph: StoredGraph): void => {
  const payload = [graph.savedModel, ...graph.hidden.map(bytesOf)]
  const { inputs, outputs } = graph
  const header: Header = { name, inputs, outputs, lengths: payload.map(({ length }) => length) }
  const text = new TextEncoder()
  const json = text.encode(JSON.stringify(header))
  const body = [new Uint8Array(Uint32Array.of(json.length).buffer), json, ...payload]
  try {
    files.write(folder, name, [text.encode(`${MAGIC}${files.digest(body)}\n`), ...body])
  } catch {
    // Full or read-only: training goes on.
  }
}

const valuesOf = (dtype: number, bytes: Uint8Array): ArrayBufferView => {
  // A copy: the file's bytes lie wherever the file has them, and numbers want to be aligned.
  const { buffer } = Uint8Array.from(bytes)
  if (dtype === DataType.float32) return new Float32Array(buffer)
  return dtype === DataType.int32 ? new Int32Array(buffer) : new Uint8Array(buffer)
}

/** A graph that was kept under `name`, or nothing where the file is missing, cut, changed or another's. */
export const findGraph = (files: GraphFiles, folder: string, name: string): StoredGraph | undefined => {
  const bytes = files.read(folder, name)
  if (!bytes || bytes.length < BODY + 4) return undefined
  const text = new TextDecoder()
  const body = bytes.subarray(BODY)
  if (text.decode(bytes.subarray(0, BODY)) !== `${MAGIC}${files.digest([body])}\n`) return undefined
  const start = 4 + new DataView(body.buffer, body.byteOffset).getUint32(0, true)
  const header = JSON.parse(text.decode(body.subarray(4, start))) as Header
  if (header.name !== name) return undefined
  let at = start
  const [savedModel, ...rest] = header.lengths.map((length) => body.subarray(at, (at += length)))
  const ports = header.inputs.slice(header.inputs.length - rest.length)
  const hidden = rest.map((part, i) => valuesOf((ports[i] as GraphPort).dtype, part))
  return { inputs: header.inputs, outputs: header.outputs, savedModel: savedModel as Uint8Array, hidden }
}
