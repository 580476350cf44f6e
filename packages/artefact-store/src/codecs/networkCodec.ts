// Networks as safetensors: eight bytes of header length, a JSON header padded to eight, the tensors one after another in
// order of name, float32, little endian. The configuration stands in `__metadata__`.
import { canonicalJson, parseCanonicalJson } from '@radiograft/pipeline'
import type { Network, NetworkTensor } from '@radiograft/pipeline'
import { ArtefactValueError } from '../errors.ts'

interface Entry {
  readonly dtype: string
  readonly shape: ReadonlyArray<number>
  readonly data_offsets: readonly [number, number]
}

const align = 8

/** Throws `ArtefactValueError` when a tensor's length does not fit its shape. */
export const encodeNetwork = (network: Network): Uint8Array => {
  const names = Object.keys(network.tensors).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const entries: Array<readonly [string, Entry]> = []
  let at = 0
  for (const name of names) {
    const { shape, data } = network.tensors[name]!
    const size = shape.reduce((n, d) => n * d, 1)
    if (data.length !== size)
      throw new ArtefactValueError(
        'network',
        `tensor '${name}' has ${data.length} values, but its shape [${shape.join(', ')}] holds ${size}`,
      )
    entries.push([name, { dtype: 'F32', shape: [...shape], data_offsets: [at, at + size * 4] }])
    at += size * 4
  }
  const metadata = `"__metadata__":${JSON.stringify({ config: canonicalJson(network.config), format: 'radiograft' })}`
  const text = `{${[metadata, ...entries.map(([name, entry]) => `${JSON.stringify(name)}:${JSON.stringify(entry)}`)].join(',')}}`
  const header = Buffer.from(text)
  const padded = Math.ceil(header.length / align) * align
  const bytes = new Uint8Array(8 + padded + at)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true)
  bytes.fill(0x20, 8, 8 + padded)
  bytes.set(header, 8)
  for (const [name, { data_offsets }] of entries) {
    const { data } = network.tensors[name]!
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + padded + data_offsets[0])
  }
  return bytes
}

/** Tensors share the memory of `bytes` where that is aligned. */
export const decodeNetwork = (bytes: Uint8Array): Network => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = Number(view.getBigUint64(0, true))
  const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString('utf8')) as Record<string, unknown>
  const tensors: Record<string, NetworkTensor> = {}
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue
    const { dtype, shape, data_offsets } = value as Entry
    if (dtype !== 'F32') throw new ArtefactValueError('network', `tensor '${name}' is ${dtype}; only F32 is read`)
    const raw = bytes.subarray(8 + length + data_offsets[0], 8 + length + data_offsets[1])
    const own = raw.byteOffset % 4 === 0 ? raw : raw.slice()
    tensors[name] = { shape, data: new Float32Array(own.buffer, own.byteOffset, own.byteLength / 4) }
  }
  const metadata = header['__metadata__'] as { readonly config?: string } | undefined
  return { config: parseCanonicalJson(metadata?.config ?? '{}') as Network['config'], tensors }
}
