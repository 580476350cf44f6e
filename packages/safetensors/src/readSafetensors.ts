// A safetensors file as plain arrays: eight bytes of header length, a JSON header, the tensors one after another without a
// gap. The file is not trusted: what its header says is checked against the bytes before any number is read, and the whole
// data must be described exactly once. Used for public weights and for checkpoints.
import { parseHeader } from './parseHeader.ts'
import type { HeaderEntry } from './parseHeader.ts'
import { DTYPES } from './dtypes.ts'
import type { SafetensorsDtype, SafetensorsTensor } from './dtypes.ts'
import { SafetensorsError } from './SafetensorsError.ts'
import { MAX_HEADER } from './safetensorsHeader.ts'

export type SafetensorsFile = {
  readonly tensors: Readonly<Record<string, SafetensorsTensor>>
  /** the texts under `__metadata__`, such as `{ format: 'pt' }` */
  readonly metadata: Readonly<Record<string, string>>
}

const headerText = (file: string, bytes: Uint8Array): { readonly text: string; readonly data: Uint8Array } => {
  if (bytes.length < 8)
    throw new SafetensorsError(file, 'truncated', `it has ${bytes.length} bytes, less than the header's length takes`)
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)
  if (length > BigInt(MAX_HEADER))
    throw new SafetensorsError(
      file,
      'header',
      `its first eight bytes promise a header of ${length} bytes, more than 100 MB`,
    )
  const end = 8 + Number(length)
  if (end > bytes.length)
    throw new SafetensorsError(
      file,
      'truncated',
      `its header should have ${length} bytes, but only ${bytes.length - 8} follow`,
    )
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(8, end))
    return { text, data: bytes.subarray(end) }
  } catch {
    throw new SafetensorsError(file, 'header', 'its header is not UTF-8')
  }
}

/** The bytes that a tensor of this type and shape has. */
const byteLength = (file: string, name: string, { dtype, shape }: HeaderEntry): number => {
  if (!Object.hasOwn(DTYPES, dtype))
    throw new SafetensorsError(
      file,
      'dtype',
      `tensor '${name}' is of type '${dtype}'; read are ${Object.keys(DTYPES).join(', ')}`,
    )
  let size = DTYPES[dtype as SafetensorsDtype].width
  for (const side of shape) {
    size *= side
    if (!Number.isSafeInteger(size))
      throw new SafetensorsError(
        file,
        'shape',
        `tensor '${name}' of shape [${shape.join(', ')}] is larger than any file`,
      )
  }
  return size
}

/** Every byte of the data belongs to exactly one tensor, and each tensor has as many as its type and shape need. */
const checkOffsets = (file: string, entries: ReadonlyMap<string, HeaderEntry>, dataLength: number): void => {
  const inOrder = [...entries].toSorted(([, { offsets: a }], [, { offsets: b }]) => a[0] - b[0] || a[1] - b[1])
  let at = 0
  let before = 'the header'
  for (const [name, entry] of inOrder) {
    const [start, end] = entry.offsets
    const needed = byteLength(file, name, entry)
    if (end - start !== needed) {
      const has = `its offsets [${start}, ${end}] hold ${end - start}`
      const shape = `shape [${entry.shape.join(', ')}] of ${entry.dtype}`
      throw new SafetensorsError(file, 'shape', `tensor '${name}': ${shape} needs ${needed} bytes, but ${has}`)
    }
    if (start < at) throw new SafetensorsError(file, 'offsets', `tensors '${before}' and '${name}' overlap`)
    if (start > at)
      throw new SafetensorsError(
        file,
        'offsets',
        `${start - at} bytes between '${before}' and '${name}' belong to none`,
      )
    if (end > dataLength)
      throw new SafetensorsError(
        file,
        'truncated',
        `tensor '${name}' ends at byte ${end} of ${dataLength} bytes of data`,
      )
    at = end
    before = name
  }
  if (at !== dataLength)
    throw new SafetensorsError(file, 'offsets', `${dataLength - at} bytes after the last tensor belong to none`)
}

const tensorOf = ({ dtype, shape, offsets }: HeaderEntry, data: Uint8Array): SafetensorsTensor => {
  const [start, end] = offsets
  const raw = new Uint8Array(end - start) // not slice(): that of a Buffer is a view
  raw.set(data.subarray(start, end))
  return { dtype, shape, data: DTYPES[dtype as SafetensorsDtype].read(raw.buffer) } as SafetensorsTensor
}

/**
 * The tensors of a safetensors file, in the file's own layout, and its metadata. F32, F16 and BF16 come as Float32Array, other
 * types as the typed array of their name. All are copies of `bytes`.
 * @param options.file how errors call it @default 'safetensors'
 * @throws SafetensorsError when the bytes are not all there or the header is not JSON, has a key twice or one called
 *   `__proto__`, says a type, shape or place that does not fit the data, or leaves a byte to no tensor or to two
 */
export const readSafetensors = (
  bytes: Uint8Array,
  { file = 'safetensors' }: { readonly file?: string } = {},
): SafetensorsFile => {
  const { text, data } = headerText(file, bytes)
  const { entries, metadata } = parseHeader(file, text)
  checkOffsets(file, entries, data.length)
  const tensors = Object.fromEntries([...entries].map(([name, entry]) => [name, tensorOf(entry, data)]))
  return { tensors, metadata }
}
