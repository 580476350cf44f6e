// The safetensors reader and writer: by hand, against Python's own (byte for byte, and on 300 mutilated files), and against
// headers that lie.
import { describe, expect, it } from '@jest/globals'
import fixture from './fixtures/python.json' with { type: 'json' }
import { readSafetensors } from './readSafetensors.ts'
import type { SafetensorsFile } from './readSafetensors.ts'
import type { SafetensorsTensor } from './dtypes.ts'
import { SafetensorsError } from './SafetensorsError.ts'
import { safetensorsHeader } from './safetensorsHeader.ts'
import { writeSafetensors } from './writeSafetensors.ts'

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'))

/** A file of this header and so many bytes of data. */
const fileOf = (header: string, data = 0): Uint8Array => {
  const text = Buffer.from(header)
  const bytes = new Uint8Array(8 + text.length + data)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true)
  bytes.set(text, 8)
  return bytes
}
const entry = (shape: string, start: number, end: number, dtype = 'F32'): string =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${start},${end}]}`

const refusal = (read: () => unknown): SafetensorsError => {
  try {
    read()
  } catch (error) {
    expect(error).toBeInstanceOf(SafetensorsError)
    return error as SafetensorsError
  }
  throw new Error('nothing was refused')
}

describe('a file by hand', () => {
  // one tensor of two float32 numbers, 1 and -2 (0x3f800000, 0xc0000000)
  const header = `{"w":${entry('[2]', 0, 8)}}`
  const bytes = fileOf(header, 8)
  bytes.set([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0], 8 + header.length)
  const tensors = { w: { dtype: 'F32' as const, shape: [2], data: Float32Array.of(1, -2) } }

  it('is read, and from a Buffer as a copy', () => {
    expect(readSafetensors(bytes)).toEqual({ tensors, metadata: {} })
    const buffer = Buffer.concat([Buffer.from('x'), bytes]).subarray(1)
    const { w } = readSafetensors(buffer).tensors
    buffer.fill(0)
    expect(w!.data).toEqual(Float32Array.of(1, -2))
  })

  it('is written with a header padded to eight bytes, in order of names, whatever the order given', () => {
    const a = { dtype: 'F32' as const, shape: [], data: Float32Array.of(3) }
    const written = writeSafetensors({ w: tensors.w, a }, { z: '1', format: 'pt' })
    expect(writeSafetensors({ a, w: tensors.w }, { format: 'pt', z: '1' })).toEqual(written)
    const length = Number(new DataView(written.buffer).getBigUint64(0, true))
    const text = Buffer.from(written.subarray(8, 8 + length)).toString()
    expect(text.trimEnd()).toBe(
      `{"__metadata__":{"format":"pt","z":"1"},"a":${entry('[]', 0, 4)},"w":${entry('[2]', 4, 12)}}`,
    )
    expect([length % 8, written.length]).toEqual([0, 8 + length + 12])
    expect(readSafetensors(written)).toEqual({ tensors: { a, w: tensors.w }, metadata: { format: 'pt', z: '1' } })
  })

  it('without tensors is a file too', () => {
    expect(readSafetensors(writeSafetensors({}))).toEqual({ tensors: {}, metadata: {} })
  })
})

describe('Python’s safetensors', () => {
  const bytes = fromBase64(fixture.types.base64)
  const valueOf = (text: string): string | number =>
    text === 'True' ? 1 : text === 'False' ? 0 : text === 'inf' ? Infinity : Number(text)

  it('wrote every type, and we read it', () => {
    const { tensors, metadata } = readSafetensors(bytes)
    expect(metadata).toEqual({ format: 'pt' })
    expect(Object.keys(tensors).toSorted()).toEqual(Object.keys(fixture.types.tensors).toSorted())
    for (const [name, { shape, values }] of Object.entries(fixture.types.tensors)) {
      const { data, ...tensor } = tensors[name]!
      expect(tensor.shape).toEqual(shape)
      const expected = values.map((text) =>
        data instanceof BigInt64Array || data instanceof BigUint64Array ? BigInt(text) : valueOf(text),
      )
      expect([name, ...data]).toEqual([name, ...expected])
    }
    expect(Object.is((tensors['f32'] as { data: Float32Array }).data[3], -0)).toBe(true)
  })

  it('writes the bytes that we write', () => {
    const { tensors, metadata } = readSafetensors(bytes)
    expect(writeSafetensors(tensors, metadata)).toEqual(bytes)
  })

  it.each(['f16', 'bf16'] as const)('rounds to %s as we do', (type) => {
    const data = Float32Array.from(fixture.halves.values, (text) => Number(text.replace('inf', 'Infinity')))
    const dtype = type === 'f16' ? 'F16' : 'BF16'
    const file = writeSafetensors({ x: { dtype, shape: [data.length], data } })
    const bits = new Uint16Array(file.slice(-2 * data.length).buffer)
    expect([...bits]).toEqual(fixture.halves[type])
  })

  it.each(['F16', 'BF16'])('each of the 65,536 numbers of %s comes back with its bits', (dtype) => {
    const header = `{"x":${entry('[65536]', 0, 131_072, dtype)}}`.padEnd(96)
    const file = fileOf(header, 131_072)
    new Uint16Array(file.buffer, 8 + 96).set(Array.from({ length: 65_536 }, (_, i) => i))
    const x = readSafetensors(file).tensors['x']!
    expect([x.data.length, x.data[0x3f80]]).toEqual([65_536, dtype === 'F16' ? 1.875 : 1])
    expect(writeSafetensors({ x }).slice(-131_072)).toEqual(file.slice(-131_072))
  })

  it('refuses no mutilated file that we read, and we throw nothing but SafetensorsError', () => {
    const honest = fromBase64(fixture.mutations.base64)
    let read = 0
    const stricter: number[] = []
    fixture.mutations.cases.forEach(({ edits, length, reads }, i) => {
      const bytes = new Uint8Array(length)
      bytes.set(honest.subarray(0, length))
      for (const [at, byte] of edits as Array<[number, number]>) if (at < length) bytes[at] = byte
      let file: SafetensorsFile | undefined
      try {
        file = readSafetensors(bytes, { file: 'mutilated' })
      } catch (error) {
        expect(error).toBeInstanceOf(SafetensorsError)
        if (reads) stricter.push(i)
        return
      }
      expect([i, reads]).toEqual([i, true])
      read++
      for (const { shape, data } of Object.values(file.tensors))
        expect(data.length).toBe(shape.reduce((a, b) => a * b, 1))
    })
    expect(fixture.mutations.cases).toHaveLength(300)
    expect([read, stricter]).toEqual([67, []])
  })
})

describe('headers that lie', () => {
  const two = (a: string, b: string): string => `{"a":${a},"b":${b}}`
  const huge = new Uint8Array(16)
  new DataView(huge.buffer).setBigUint64(0, 2n ** 63n, true)
  const long = new Uint8Array(16)
  new DataView(long.buffer).setBigUint64(0, 9n, true)
  const deep = `{"a":${'['.repeat(1e6)}${']'.repeat(1e6)}}`

  it.each<[string, Uint8Array, SafetensorsError['problem'], string]>([
    ['too short', new Uint8Array(7), 'truncated', 'it has 7 bytes'],
    ['header over 100 MB', huge, 'header', 'promise a header of 9223372036854775808 bytes'],
    ['header beyond the file', long, 'truncated', 'should have 9 bytes, but only 8 follow'],
    ['a zip (.pth)', fileOf('PK\u0003\u0004'), 'header', 'begins with "P"'],
    ['empty header', fileOf(''), 'header', 'begins with ""'],
    ['not UTF-8', fileOf('{}').fill(0xff, 8), 'header', 'not UTF-8'],
    ['a byte order mark', fileOf('\ufeff{}'), 'header', 'begins with'],
    ['not JSON', fileOf('{"a":'), 'header', 'found "the end"'],
    ['open string', fileOf('{"a'), 'header', 'not closed'],
    ['bad escape', fileOf('{"\\x":1}'), 'header', 'not JSON'],
    ['trailing comma', fileOf(`{"a":${entry('[0]', 0, 0)},}`), 'header', 'found "}" where'],
    ['two objects', fileOf('{}{}'), 'header', 'something follows'],
    ['deep nesting', fileOf(deep), 'header', 'nested too deep'],
    ['an array', fileOf('[]'), 'header', 'begins with "["'],
    ['no entry', fileOf('{"a":[1]}'), 'header', "entry 'a' is not an object"],
    ['nothing in it', fileOf('{"a":{}}'), 'header', 'dtype, shape and data_offsets'],
    [
      'more in it',
      fileOf('{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1],"x":1}}', 1),
      'header',
      "entry 'a' does not",
    ],
    ['one offset', fileOf('{"a":{"dtype":"U8","shape":[],"data_offsets":[1]}}', 1), 'header', 'two data_offsets'],
    [
      'three offsets',
      fileOf('{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1,2]}}', 1),
      'header',
      'two data_offsets',
    ],
    ['metadata of numbers', fileOf('{"__metadata__":{"a":1}}'), 'header', 'holds something that is no text'],
    ['metadata of arrays', fileOf('{"__metadata__":[]}'), 'header', 'is not an object'],
    [
      'a name twice',
      fileOf(`{"a":${entry('[1]', 0, 4)},"a":${entry('[1]', 0, 4)}}`, 4),
      'header',
      '"a" stands there twice',
    ],
    [
      'a name twice, once escaped',
      fileOf(`{"a":${entry('[1]', 0, 4)},"\\u0061":${entry('[1]', 0, 4)}}`, 4),
      'header',
      'twice',
    ],
    [
      'a key of an entry twice',
      fileOf('{"a":{"dtype":"U8","shape":[1],"shape":[2],"data_offsets":[0,2]}}', 2),
      'header',
      'twice',
    ],
    ['__proto__', fileOf(`{"__proto__":${entry('[1]', 0, 4)}}`, 4), 'header', '__proto__'],
    ['__proto__ in the metadata', fileOf('{"__metadata__":{"__proto__":"x"}}'), 'header', '__proto__'],
    ['half a surrogate pair', fileOf(`{"\\ud800":${entry('[0]', 0, 0)}}`), 'name', 'not valid Unicode'],
    ['unknown type', fileOf(`{"a":${entry('[1]', 0, 1, 'F8_E4M3')}}`, 1), 'dtype', "of type 'F8_E4M3'; read are U64"],
    ['a type of the prototype', fileOf(`{"a":${entry('[1]', 0, 1, 'toString')}}`, 1), 'dtype', "of type 'toString'"],
    ['negative shape', fileOf(`{"a":${entry('[-1]', 0, 4)}}`, 4), 'header', 'found "-1" where a whole number'],
    ['fractional shape', fileOf(`{"a":${entry('[1.5]', 0, 6)}}`, 6), 'header', 'found "1.5"'],
    ['exponent', fileOf(`{"a":${entry('[1e0]', 0, 4)}}`, 4), 'header', 'found "1e0"'],
    ['leading zero', fileOf(`{"a":${entry('[01]', 0, 4)}}`, 4), 'header', 'found "01"'],
    ['beyond 2^53', fileOf(`{"a":${entry('[9007199254740993]', 0, 4)}}`, 4), 'header', 'found "9007199254740993"'],
    ['a number as text', fileOf(`{"a":${entry('["1"]', 0, 4)}}`, 4), 'header', "entry 'a' does not"],
    ['null', fileOf(`{"a":null}`), 'header', 'found "null"'],
    [
      'a product beyond 2^53',
      fileOf(`{"a":${entry('[4294967296,4294967296]', 0, 0)}}`),
      'shape',
      'larger than any file',
    ],
    [
      'shape and bytes differ',
      fileOf(`{"a":${entry('[3]', 0, 8)}}`, 8),
      'shape',
      'needs 12 bytes, but its offsets [0, 8] hold 8',
    ],
    ['end before start', fileOf(`{"a":${entry('[1]', 4, 0)}}`, 4), 'shape', 'offsets [4, 0] hold -4'],
    ['out of range', fileOf(`{"a":${entry('[2]', 0, 8)}}`, 4), 'truncated', "'a' ends at byte 8 of 4 bytes"],
    ['overlap', fileOf(two(entry('[2]', 0, 8), entry('[1]', 4, 8)), 8), 'offsets', "'a' and 'b' overlap"],
    ['the same bytes twice', fileOf(two(entry('[1]', 0, 4), entry('[1]', 0, 4)), 4), 'offsets', "'a' and 'b' overlap"],
    ['a hole', fileOf(two(entry('[1]', 0, 4), entry('[1]', 8, 12)), 12), 'offsets', "4 bytes between 'a' and 'b'"],
    [
      'a hole at the start',
      fileOf(`{"a":${entry('[1]', 4, 8)}}`, 8),
      'offsets',
      "4 bytes between 'the header' and 'a'",
    ],
    ['bytes at the end', fileOf(`{"a":${entry('[1]', 0, 4)}}`, 5), 'offsets', '1 bytes after the last tensor'],
  ])('%s', (_, bytes, problem, what) => {
    const error = refusal(() => readSafetensors(bytes, { file: 'resnet18.safetensors' }))
    expect(error.problem).toBe(problem)
    expect(error.what).toContain(what)
    expect(error.message).toBe(`resnet18.safetensors: ${error.what}. ${error.recovery}`)
    expect(error._tag).toBe('SafetensorsError')
  })

  it('are not repeated at length', () => {
    const error = refusal(() => readSafetensors(fileOf(`{"${'x'.repeat(1e5)}":1}`)))
    expect(error.message.length).toBeLessThan(700)
  })

  it('take names of Object’s own members for what they are', () => {
    const { tensors } = readSafetensors(fileOf(`{"constructor":${entry('[1]', 0, 4)}}`, 4))
    expect(Object.keys(tensors)).toEqual(['constructor'])
  })
})

describe('numbers come back with their bits', () => {
  const bits = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  it.each<[string, SafetensorsTensor]>([
    [
      'F64',
      {
        dtype: 'F64',
        shape: [2, 4],
        // -0, the smallest and largest numbers, 0.1 + 0.2, a NaN with a payload
        data: Float64Array.of(-0, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 0.1 + 0.2, Infinity, -Infinity, 0),
      },
    ],
    ['F64 NaN', { dtype: 'F64', shape: [1], data: new Float64Array(BigUint64Array.of(0x7ff8_0000_dead_beefn).buffer) }],
    ['I32', { dtype: 'I32', shape: [3], data: Int32Array.of(-(2 ** 31), 2 ** 31 - 1, -1) }],
    ['BOOL', { dtype: 'BOOL', shape: [2, 1], data: Uint8Array.of(1, 0) }],
    ['F32', { dtype: 'F32', shape: [2], data: Float32Array.of(-0, 1e-45) }],
  ])('%s', (_, tensor) => {
    // beside tensors of other widths, and from memory that is not aligned
    const odd: SafetensorsTensor = { dtype: 'U8', shape: [1], data: Uint8Array.of(9) }
    const file = writeSafetensors({ odd, tensor, also: tensor })
    const { tensors } = readSafetensors(Buffer.concat([Buffer.from('xyz'), file]).subarray(3))
    for (const name of ['tensor', 'also']) {
      expect([tensors[name]!.dtype, tensors[name]!.shape]).toEqual([tensor.dtype, tensor.shape])
      expect(tensors[name]!.data.constructor).toBe(tensor.data.constructor)
      expect(bits(tensors[name]!.data)).toEqual(bits(tensor.data))
    }
  })
})

it('the header alone is the beginning of the file', () => {
  const shapes = {
    b: { dtype: 'F32', shape: [2, 3] },
    a: { dtype: 'BOOL', shape: [5] },
    c: { dtype: 'F64', shape: [] },
  } as const
  const { bytes, order, dataLength } = safetensorsHeader(shapes, { format: 'pt' })
  const file = writeSafetensors(
    {
      a: { ...shapes.a, data: new Uint8Array(5) },
      b: { ...shapes.b, data: new Float32Array(6) },
      c: { ...shapes.c, data: new Float64Array(1) },
    },
    { format: 'pt' },
  )
  expect(order).toEqual(['c', 'b', 'a'])
  expect(dataLength).toBe(8 + 24 + 5)
  expect(file.subarray(0, bytes.length)).toEqual(bytes)
  expect(file.length).toBe(bytes.length + dataLength)
})

describe('what cannot be written', () => {
  const one = (shape: number[], length: number): SafetensorsTensor => ({
    dtype: 'F32',
    shape,
    data: new Float32Array(length),
  })
  it.each<[string, Record<string, SafetensorsTensor>, string]>([
    ['an array that does not fill its shape', { w: one([2, 2], 3) }, "tensor 'w' has 3 numbers"],
    ['a negative shape', { w: one([-1, -1], 1) }, 'shape [-1, -1]'],
    ['the name of the metadata', { __metadata__: one([], 1) }, 'cannot be called "__metadata__"'],
    ['a name that pollutes', Object.fromEntries([['__proto__', one([], 1)]]), 'cannot be called "__proto__"'],
    ['half a surrogate pair', { '\ud800': one([], 1) }, 'cannot be called'],
    ['a shape beyond memory', { w: one([1e9, 1e9], 1) }, 'shape [1000000000, 1000000000]'],
    ['an array far smaller than its shape', { w: one([1e12], 1) }, "tensor 'w' has 1 numbers"],
    ['an unknown type', { w: { ...one([], 1), dtype: 'F8' } as never }, "of type 'F8'"],
  ])('%s', (_, tensors, what) => {
    expect(refusal(() => writeSafetensors(tensors, {}, { file: 'out.safetensors' })).message).toContain(what)
  })
  it('metadata that pollutes', () => {
    expect(refusal(() => writeSafetensors({}, Object.fromEntries([['__proto__', 'x']]))).what).toContain('metadata')
  })
})
