// What the reader of networks refuses. What it reads back is tested beside the other kinds, in codecs.test.ts.
import { describe, expect, it } from '@jest/globals'
import { ArtefactValueError } from '../errors.ts'
import { decodeNetwork, encodeNetwork } from './networkCodec.ts'

const honest = encodeNetwork({
  config: { name: 'x' },
  tensors: {
    a: { shape: [1], data: Float32Array.of(1) },
    b: { shape: [2], data: Float32Array.of(2, 3) },
  },
})
const headerLength = Number(new DataView(honest.buffer).getBigUint64(0, true))
const text = Buffer.from(honest.subarray(8, 8 + headerLength)).toString()

/** The honest blob with this header, padded to eight as a writer would, and so many bytes of data. */
const lying = (header: string, data = 12): Uint8Array => {
  const padded = header.padEnd(Math.ceil(Buffer.byteLength(header) / 8) * 8)
  const bytes = new Uint8Array(8 + Buffer.byteLength(padded) + data)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Buffer.byteLength(padded)), true)
  bytes.set(Buffer.from(padded), 8)
  return bytes
}
const changed = (from: string, to: string): Uint8Array => {
  expect(text).toContain(from)
  return lying(text.replace(from, to).trimEnd())
}

it('takes its own blob, from memory that is not aligned too', () => {
  const network = decodeNetwork(Buffer.concat([Buffer.from('xyz'), honest]).subarray(3))
  expect(network).toEqual({
    config: { name: 'x' },
    tensors: { a: { shape: [1], data: Float32Array.of(1) }, b: { shape: [2], data: Float32Array.of(2, 3) } },
  })
  expect(decodeNetwork(lying(text.trimEnd())).tensors['b']).toEqual({ shape: [2], data: new Float32Array(2) })
})

describe('headers that lie', () => {
  const promise = (length: bigint): Uint8Array => {
    const bytes = honest.slice()
    new DataView(bytes.buffer).setBigUint64(0, length, true)
    return bytes
  }
  const b = '"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}'
  const other = 'is not the one that tensors of these names and shapes have'
  it.each<[string, Uint8Array, string]>([
    ['too short', honest.slice(0, 7), 'it has 7 bytes'],
    ['length beyond the file', promise(2n ** 63n), 'should have 9223372036854775808 bytes'],
    ['length into the data', promise(BigInt(headerLength + 8)), 'not JSON'],
    ['cut data', honest.slice(0, -4), 'need 12 bytes, but 8 follow'],
    ['more data', lying(text.trimEnd(), 16), 'need 12 bytes, but 16 follow'],
    ['not JSON', lying('{"a":'), 'not JSON'],
    ['not UTF-8', lying('{}').fill(0xff, 8), 'not JSON'],
    ['null', lying('null'), 'no configuration'],
    ['no metadata', lying('{}'), 'no configuration'],
    ['metadata that is null', lying('{"__metadata__":null}'), 'no configuration'],
    ['a name twice', changed(b, `${b},${b}`), other],
    ['overlap', changed('[4,12]', '[0,8]'), other],
    ['a hole', changed('[4,12]', '[8,16]'), other],
    ['out of range', changed('[4,12]', '[4,1200]'), other],
    ['shape and offsets differ', changed('"shape":[2]', '"shape":[3]'), other],
    ['negative shape', changed('"shape":[2]', '"shape":[-2]'), "shape of tensor 'b'"],
    ['fractional shape', changed('"shape":[2]', '"shape":[1.5]'), "shape of tensor 'b'"],
    ['a product beyond 2^53', changed('"shape":[2]', '"shape":[4294967296,4294967296]'), "shape of tensor 'b'"],
    ['no shape', changed('"shape":[2]', '"form":[2]'), "shape of tensor 'b'"],
    ['another type', changed('"F32","shape":[2]', '"F16","shape":[2]'), "'b' is F16; only F32"],
    ['an entry that is null', changed(b, '"b":null'), "'b' is undefined"],
    ['another order', changed('"a":', '"c":'), other],
    ['more keys', changed('"shape":[2]', '"shape":[2],"x":1'), other],
    ['__proto__', changed('"a":', '"__proto__":'), 'called "__proto__"'],
    ['half a surrogate pair', changed('"a":', '"\\ud800":'), 'called "\\ud800"'],
    ['deep nesting', lying(`{"a":${'['.repeat(1e6)}${']'.repeat(1e6)}}`), 'no configuration'],
    ['configuration that is no JSON', changed('\\"x\\"', 'x'), 'not canonical JSON'],
    ['configuration with spaces', changed('\\"x\\"', ' \\"x\\"'), 'not canonical JSON'],
    ['configuration with a key twice', changed('\\"x\\"', '\\"x\\",\\"name\\":\\"x\\"'), 'not canonical JSON'],
    ['spaces before the padding', lying(` ${text.trimEnd()}`), other],
  ])('%s', (_, bytes, message) => {
    const read = (): unknown => decodeNetwork(bytes)
    expect(read).toThrow(ArtefactValueError)
    expect(read).toThrow(message)
  })
})

describe('what cannot be stored', () => {
  const one = { shape: [1], data: Float32Array.of(1) }
  it.each<[string, Record<string, typeof one>, string]>([
    ['a name that pollutes', Object.fromEntries([['__proto__', one]]), 'called "__proto__"'],
    ['the name of the metadata', { __metadata__: one }, 'called "__metadata__"'],
    ['half a surrogate pair', { '\ud800': one }, 'cannot be called'],
    ['a negative shape', { a: { ...one, shape: [-1, -1] } }, "tensor 'a' has 1 values"],
  ])('%s', (_, tensors, message) => {
    expect(() => encodeNetwork({ config: {}, tensors })).toThrow(message)
  })
})

it('throws nothing but ArtefactValueError, whichever byte of the header is changed', () => {
  let refused = 0
  for (let at = 0; at < 8 + headerLength; at++)
    for (const byte of [0, 0x22, 0x30, 0x5d, 0x7d, 0xff]) {
      const bytes = honest.slice()
      if (bytes[at] === byte) continue
      bytes[at] = byte
      try {
        // only a name or a letter of the configuration may be another
        expect(encodeNetwork(decodeNetwork(bytes))).toEqual(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(ArtefactValueError)
        refused++
      }
    }
  expect(refused).toBeGreaterThan(headerLength * 5)
})
