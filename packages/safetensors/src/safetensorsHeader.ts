// The first bytes of a safetensors file, from names, types and shapes alone: for writers that do not want the whole file in
// memory, and for readers that compare. The order is that of the reference writer (`safetensors.torch.save`): wide types
// first, then by name, the header padded with spaces to eight bytes.
import { DTYPES } from './dtypes.ts'
import type { SafetensorsDtype } from './dtypes.ts'
import { SafetensorsError } from './SafetensorsError.ts'

/** Longest header, in bytes: that of the reference reader. */
export const MAX_HEADER = 100_000_000

export type SafetensorsHeader = {
  /** the header's length and the header; the data follow without a gap */
  readonly bytes: Uint8Array
  /** names in the order of the data */
  readonly order: ReadonlyArray<string>
  /** bytes of data */
  readonly dataLength: number
}

const ALIGN = 8
const dtypes = Object.keys(DTYPES)

const check = (file: string, name: string, dtype: string, shape: ReadonlyArray<number>, end: number): void => {
  if (name === '__metadata__' || name === '__proto__' || /\p{Surrogate}/u.test(name))
    throw new SafetensorsError(file, 'name', `a tensor cannot be called ${JSON.stringify(name)}`)
  if (!Object.hasOwn(DTYPES, dtype))
    throw new SafetensorsError(
      file,
      'dtype',
      `tensor '${name}' is of type '${dtype}'; written are ${dtypes.join(', ')}`,
    )
  if (!shape.every((side) => Number.isSafeInteger(side) && side >= 0) || !Number.isSafeInteger(end))
    throw new SafetensorsError(file, 'shape', `tensor '${name}' cannot have the shape [${shape.join(', ')}]`)
}

/**
 * @param tensors names, types and shapes in any order; of anything else in them nothing is read
 * @param metadata texts; PyTorch's own files say `{ format: 'pt' }` @default none
 * @param options.file how errors call it @default 'safetensors'
 * @throws SafetensorsError when a type is unknown, a shape none of whole numbers, a name `__metadata__`, `__proto__` or no
 *   valid Unicode, or the header longer than 100 MB
 */
export const safetensorsHeader = (
  tensors: Readonly<Record<string, { readonly dtype: SafetensorsDtype; readonly shape: ReadonlyArray<number> }>>,
  metadata: Readonly<Record<string, string>> = {},
  { file = 'safetensors' }: { readonly file?: string } = {},
): SafetensorsHeader => {
  const rank = (dtype: string): number => dtypes.indexOf(dtype)
  const sorted = Object.entries(tensors).toSorted(
    ([a, { dtype: p }], [b, { dtype: q }]) => rank(p) - rank(q) || (a < b ? -1 : 1),
  )
  const texts = Object.entries(metadata).toSorted(([a], [b]) => (a < b ? -1 : 1))
  if (texts.some(([key, text]) => key === '__proto__' || /\p{Surrogate}/u.test(key + text)))
    throw new SafetensorsError(file, 'name', 'the metadata has a key __proto__ or a text that is no valid Unicode')

  const members = texts.length > 0 ? [`"__metadata__":${JSON.stringify(Object.fromEntries(texts))}`] : []
  let end = 0
  for (const [name, { dtype, shape }] of sorted) {
    const start = end
    end += shape.reduce((a, b) => a * b, 1) * (Object.hasOwn(DTYPES, dtype) ? DTYPES[dtype].width : 0)
    check(file, name, dtype, shape, end)
    members.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype, shape, data_offsets: [start, end] })}`)
  }
  const text = new TextEncoder().encode(`{${members.join(',')}}`)
  const padded = Math.ceil(text.length / ALIGN) * ALIGN
  if (padded > MAX_HEADER)
    throw new SafetensorsError(
      file,
      'name',
      `a header of ${padded} bytes exceeds 100 MB: fewer tensors or shorter names`,
    )
  const bytes = new Uint8Array(8 + padded).fill(0x20)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true)
  bytes.set(text, 8)
  return { bytes, order: sorted.map(([name]) => name), dataLength: end }
}
