// Plain arrays as a safetensors file. Equal tensors give equal bytes, and those of the reference writer
// (`safetensors.torch.save`): wide types first, then by name, the header padded with spaces to eight bytes. Used to hand
// networks to PyTorch.
import { DTYPES } from './safetensorsDtypes.ts'
import type { SafetensorsDtype, SafetensorsTensor } from './safetensorsDtypes.ts'
import { SafetensorsError } from './SafetensorsError.ts'
import { MAX_HEADER } from './readSafetensors.ts'

const ALIGN = 8
const order = Object.keys(DTYPES)

const check = (file: string, name: string, { dtype, shape, data }: SafetensorsTensor): void => {
  if (name === '__metadata__' || name === '__proto__' || /\p{Surrogate}/u.test(name))
    throw new SafetensorsError(file, 'name', `a tensor cannot be called ${JSON.stringify(name)}`)
  if (!Object.hasOwn(DTYPES, dtype))
    throw new SafetensorsError(file, 'dtype', `tensor '${name}' is of type '${dtype}'; written are ${order.join(', ')}`)
  const size = shape.reduce((a, b) => a * b, 1)
  if (size !== data.length || !shape.every((side) => Number.isSafeInteger(side) && side >= 0)) {
    const has = `has ${data.length} numbers, which do not fill its shape [${shape.join(', ')}]`
    throw new SafetensorsError(file, 'shape', `tensor '${name}' ${has}`)
  }
}

/** The bytes of a number type's array, as the file has them. */
const rawOf = ({ dtype, data }: SafetensorsTensor): Uint8Array => {
  const write = DTYPES[dtype].write as (data: SafetensorsTensor['data']) => ArrayBufferView
  const { buffer, byteOffset, byteLength } = write(data)
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/**
 * @param tensors each in the layout that the file shall have; numbers of F16 and BF16 are rounded to the nearest
 * @param metadata texts; PyTorch's own files say `{ format: 'pt' }` @default none
 * @param options.file how errors call it @default 'safetensors'
 * @throws SafetensorsError when an array does not fill its shape, a name is `__metadata__`, `__proto__` or no valid Unicode, or
 *   the header exceeds 100 MB
 */
export const writeSafetensors = (
  tensors: Readonly<Record<string, SafetensorsTensor>>,
  metadata: Readonly<Record<string, string>> = {},
  { file = 'safetensors' }: { readonly file?: string } = {},
): Uint8Array => {
  const rank = (dtype: SafetensorsDtype): number => order.indexOf(dtype)
  const sorted = Object.entries(tensors).toSorted(
    ([a, { dtype: p }], [b, { dtype: q }]) => rank(p) - rank(q) || (a < b ? -1 : 1),
  )
  for (const [name, tensor] of sorted) check(file, name, tensor)
  const texts = Object.entries(metadata).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (texts.some(([key, text]) => key === '__proto__' || /\p{Surrogate}/u.test(key + text)))
    throw new SafetensorsError(file, 'name', 'the metadata has a key __proto__ or a text that is no valid Unicode')

  const members = texts.length > 0 ? [`"__metadata__":${JSON.stringify(Object.fromEntries(texts))}`] : []
  let end = 0
  for (const [name, { dtype, shape, data }] of sorted) {
    const start = end
    end += data.length * DTYPES[dtype].width
    members.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [start, end] })}`)
  }
  const header = new TextEncoder().encode(`{${members.join(',')}}`)
  const padded = Math.ceil(header.length / ALIGN) * ALIGN
  if (padded > MAX_HEADER)
    throw new SafetensorsError(
      file,
      'name',
      `a header of ${padded} bytes exceeds 100 MB: fewer tensors or shorter names`,
    )

  const bytes = new Uint8Array(8 + padded + end)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true)
  bytes.fill(0x20, 8, 8 + padded)
  bytes.set(header, 8)
  let at = 8 + padded
  for (const [, tensor] of sorted) {
    const raw = rawOf(tensor)
    bytes.set(raw, at)
    at += raw.length
  }
  return bytes
}
