// sha256 of a stored network's tensors: names in code unit order, each with its bytes, 64 hexadecimal digits. It names the network in
// every figure where there is no file whose bytes could.
import { createHash } from 'node:crypto'

/** @param tensors float32 on a little-endian machine, as every machine that TensorFlow runs on is */
export const tensorsDigest = (tensors: Readonly<Record<string, { readonly data: Float32Array }>>): string => {
  const hash = createHash('sha256')
  for (const [name, { data }] of Object.entries(tensors).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name}\n`).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  return hash.digest('hex')
}
