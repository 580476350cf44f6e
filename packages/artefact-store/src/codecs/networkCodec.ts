// Networks as safetensors: eight bytes of header length, a JSON header padded to eight, the tensors one after another in
// order of name, float32, little endian. The configuration stands in `__metadata__`. Of one network there is one blob, so the
// reader builds the header anew from the names and shapes that it found and takes no other: keys twice, overlaps, holes,
// other types and lengths that lie all fail that one comparison. Headers and blobs are @radiograft/safetensors'; its reader,
// which takes any honest file and copies it, is not used.
import { canonicalJson, parseCanonicalJson } from '@radiograft/pipeline'
import type { Network, NetworkTensor } from '@radiograft/pipeline'
import { safetensorsHeader, writeSafetensors } from '@radiograft/safetensors'
import { ArtefactValueError } from '../errors.ts'

type Shapes = ReadonlyArray<readonly [name: string, shape: ReadonlyArray<number>]>

const dtype = 'F32' as const
const sizeOf = (shape: ReadonlyArray<number>): number => shape.reduce((n, d) => n * d, 1)
const isShape = (shape: unknown): shape is ReadonlyArray<number> =>
  Array.isArray(shape) &&
  shape.every((side) => Number.isSafeInteger(side) && side >= 0) &&
  Number.isSafeInteger(sizeOf(shape) * 4)

/** A name that a record or UTF-8 would not give back, or that is the metadata's. */
const isNoName = (name: string): boolean =>
  name === '__metadata__' || name === '__proto__' || /\p{Surrogate}/u.test(name)

const metadataOf = (config: string): Readonly<Record<string, string>> => ({ config, format: 'radiograft' })

const byName = ([a]: Shapes[number], [b]: Shapes[number]): number => (a < b ? -1 : a > b ? 1 : 0)

/** Throws `ArtefactValueError` when a tensor's length does not fit its shape, or its name cannot be stored. */
export const encodeNetwork = (network: Network): Uint8Array => {
  const tensors = Object.entries(network.tensors).map(([name, { shape, data }]) => {
    if (isNoName(name)) throw new ArtefactValueError('network', `a tensor cannot be called ${JSON.stringify(name)}`)
    if (!isShape(shape) || data.length !== sizeOf(shape))
      throw new ArtefactValueError(
        'network',
        `tensor '${name}' has ${data.length} values, but its shape [${shape.join(', ')}] holds ${sizeOf(shape)}`,
      )
    return [name, { dtype, shape: [...shape], data }] as const
  })
  return writeSafetensors(Object.fromEntries(tensors), metadataOf(canonicalJson(network.config)))
}

const refused = (what: string): ArtefactValueError =>
  new ArtefactValueError('network', `${what}; it was not written by this store, so compute its stage again`)

/** The names and shapes that a header claims, and its configuration. Nothing is said of the data yet. */
const claims = (text: Uint8Array): { readonly config: string; readonly shapes: Shapes } => {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text))
  } catch {
    throw refused('its header is not JSON')
  }
  const { __metadata__: metadata, ...entries } = Object(header) as Readonly<Record<string, unknown>>
  const { config } = Object(metadata) as { readonly config?: unknown }
  if (typeof config !== 'string') throw refused('its header has no configuration')
  const shapes = Object.entries(entries).map(([name, entry]) => {
    const { dtype: type, shape } = Object(entry) as { readonly dtype?: unknown; readonly shape?: unknown }
    if (isNoName(name)) throw refused(`a tensor is called ${JSON.stringify(name)}`)
    if (type !== dtype) throw refused(`tensor '${name}' is ${String(type)}; only F32 is read`)
    if (!isShape(shape)) throw refused(`the shape of tensor '${name}' is not one of whole numbers`)
    return [name, shape] as const
  })
  return { config, shapes: shapes.toSorted(byName) }
}

/** Length and header of the blob of tensors of these shapes; of none for a configuration that cannot be stored. */
const headerOf = (config: string, shapes: Shapes): Uint8Array => {
  try {
    const tensors = Object.fromEntries(shapes.map(([name, shape]) => [name, { dtype, shape }] as const))
    return safetensorsHeader(tensors, metadataOf(config)).bytes
  } catch {
    return new Uint8Array(0)
  }
}

const configOf = (text: string): Network['config'] => {
  try {
    const config = parseCanonicalJson(text)
    if (canonicalJson(config) === text && text.startsWith('{')) return config as Network['config']
  } catch {
    // said below
  }
  throw refused('its configuration is not canonical JSON')
}

/**
 * Tensors share the memory of `bytes` where that is aligned.
 * Throws `ArtefactValueError` when the bytes are not those that `encodeNetwork` writes of any network.
 */
export const decodeNetwork = (bytes: Uint8Array): Network => {
  if (bytes.length < 8) throw refused(`it has ${bytes.length} bytes, less than the header's length takes`)
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)
  if (length > BigInt(bytes.length - 8)) throw refused(`its header should have ${length} bytes, more than there are`)
  const end = 8 + Number(length)
  const { config, shapes } = claims(bytes.subarray(8, end))
  if (Buffer.compare(headerOf(config, shapes), bytes.subarray(0, end)) !== 0)
    throw refused('its header is not the one that tensors of these names and shapes have')
  const needed = shapes.reduce((n, [, shape]) => n + sizeOf(shape) * 4, 0)
  if (bytes.length - end !== needed)
    throw refused(`its tensors need ${needed} bytes, but ${bytes.length - end} follow the header`)
  let at = end
  const tensors = shapes.map(([name, shape]): readonly [string, NetworkTensor] => {
    const raw = bytes.subarray(at, (at += sizeOf(shape) * 4))
    const own = raw.byteOffset % 4 === 0 ? raw : Uint8Array.from(raw)
    return [name, { shape, data: new Float32Array(own.buffer, own.byteOffset, own.byteLength / 4) }]
  })
  return { config: configOf(config), tensors: Object.fromEntries(tensors) }
}
