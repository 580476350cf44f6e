// Plain arrays as a safetensors file. Equal tensors give equal bytes, and those of the reference writer
// (`safetensors.torch.save`). Used for checkpoints, for networks in the store, and to hand networks to PyTorch.
import { DTYPES } from './dtypes.ts'
import type { SafetensorsTensor } from './dtypes.ts'
import { SafetensorsError } from './SafetensorsError.ts'
import { safetensorsHeader } from './safetensorsHeader.ts'

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
  const header = safetensorsHeader(tensors, metadata, { file })
  for (const [name, { shape, data }] of Object.entries(tensors))
    if (shape.reduce((a, b) => a * b, 1) !== data.length) {
      const has = `has ${data.length} numbers, which do not fill its shape [${shape.join(', ')}]`
      throw new SafetensorsError(file, 'shape', `tensor '${name}' ${has}`)
    }
  const bytes = new Uint8Array(header.bytes.length + header.dataLength)
  bytes.set(header.bytes)
  let at = header.bytes.length
  for (const name of header.order) {
    const raw = rawOf(tensors[name]!)
    bytes.set(raw, at)
    at += raw.length
  }
  return bytes
}
