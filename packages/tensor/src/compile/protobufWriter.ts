// The few lines of the protocol buffer wire format that a SavedModel needs. Messages are lists of chunks, so a large
// constant is never copied before the end.

/** An encoded message or part of one. */
export type Chunks = { readonly parts: ReadonlyArray<Uint8Array>; readonly length: number }

const text = new TextEncoder()

const varint = (value: number): Array<number> => {
  // Negative numbers (an unknown dimension, axis -1) are two's complement in 64 bits.
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: Array<number> = []
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0))
    rest >>= 7n
  } while (rest > 0n)
  return bytes
}

const chunk = (bytes: Uint8Array): Chunks => ({ parts: [bytes], length: bytes.length })

/** Fields one after the other. */
export const message = (...fields: ReadonlyArray<Chunks>): Chunks => ({
  parts: fields.flatMap(({ parts }) => parts),
  length: fields.reduce((sum, { length }) => sum + length, 0),
})

/** An integer, boolean or enumeration field. */
export const intField = (field: number, value: number | boolean): Chunks =>
  chunk(Uint8Array.from([...varint(field << 3), ...varint(Number(value))]))

/** A 32-bit float field. */
export const floatField = (field: number, value: number): Chunks => {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return message(chunk(Uint8Array.from(varint((field << 3) | 5))), chunk(bytes))
}

/** A nested message, or bytes. */
export const bytesField = (field: number, value: Chunks | Uint8Array): Chunks => {
  const inner = value instanceof Uint8Array ? chunk(value) : value
  return message(chunk(Uint8Array.from([...varint((field << 3) | 2), ...varint(inner.length)])), inner)
}

export const stringField = (field: number, value: string): Chunks => bytesField(field, text.encode(value))

/** One entry of a `map<string, message>`. */
export const mapEntry = (field: number, key: string, value: Chunks): Chunks =>
  bytesField(field, message(stringField(1, key), bytesField(2, value)))

/** All chunks in one array. */
export const concatenated = ({ parts, length }: Chunks): Uint8Array => {
  const out = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
