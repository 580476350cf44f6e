// The few lines of the protocol buffer wire format that reading a trace needs; `compile/protobufWriter.ts` is its other half.

/** A message's fields by number, each in the order in which it came: numbers are varints, the rest is bytes. */
export type Message = {
  /** The last value of a number, or 0 where it is absent, as proto3 has it. */
  readonly number: (field: number) => number
  readonly text: (field: number) => string
  readonly texts: (field: number) => ReadonlyArray<string>
  readonly messages: (field: number) => ReadonlyArray<Message>
}

type Value = number | Uint8Array

const decoder = new TextDecoder()

/** The number at `at` and where it ends. Values above 2⁵³ lose bits: a time in nanoseconds is exact to 256 of them. */
const varintAt = (bytes: Uint8Array, at: number): readonly [value: number, end: number] => {
  let end = at
  while ((bytes[end] ?? 0) > 127) end++
  if (end >= bytes.length) throw new RangeError(`a protobuf message ends within a number, at byte ${at}`)
  // ten bytes: negative, two's complement in 64 bits
  if (end - at === 9) {
    let wide = 0n
    for (let i = end; i >= at; i--) wide = (wide << 7n) | BigInt((bytes[i] as number) & 127)
    return [Number(BigInt.asIntN(64, wide)), end + 1]
  }
  let value = 0
  for (let i = end; i >= at; i--) value = value * 128 + ((bytes[i] as number) & 127)
  return [value, end + 1]
}

const sizeOf: Readonly<Record<number, number>> = { 1: 8, 5: 4 }

const fieldsOf = (bytes: Uint8Array): ReadonlyMap<number, Array<Value>> => {
  const fields = new Map<number, Array<Value>>()
  for (let at = 0; at < bytes.length;) {
    const [tag, start] = varintAt(bytes, at)
    const wire = tag % 8
    const field = (tag - wire) / 8
    let value: Value
    if (wire === 0) [value, at] = varintAt(bytes, start)
    else {
      const [length, from] = wire === 2 ? varintAt(bytes, start) : [sizeOf[wire], start]
      if (length === undefined) throw new RangeError(`a protobuf message has wire type ${wire} at byte ${at}`)
      at = from + length
      if (at > bytes.length) throw new RangeError(`a protobuf message ends within field ${field}, at byte ${from}`)
      value = bytes.subarray(from, at)
    }
    const list = fields.get(field)
    if (list) list.push(value)
    else fields.set(field, [value])
  }
  return fields
}

/** @throws RangeError for bytes that are no message. */
export const readMessage = (bytes: Uint8Array): Message => {
  const fields = fieldsOf(bytes)
  const valuesOf = (field: number): ReadonlyArray<Value> => fields.get(field) ?? []
  const textsOf = (field: number): ReadonlyArray<string> =>
    valuesOf(field).flatMap((value) => (value instanceof Uint8Array ? [decoder.decode(value)] : []))
  return {
    number: (field) => {
      const value = valuesOf(field).at(-1)
      return typeof value === 'number' ? value : 0
    },
    text: (field) => textsOf(field).at(-1) ?? '',
    texts: textsOf,
    messages: (field) => valuesOf(field).flatMap((value) => (value instanceof Uint8Array ? [readMessage(value)] : [])),
  }
}
