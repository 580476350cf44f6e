// Values of the elements that `topLevelElements` found, as the header reader wants them: texts, decimal strings and
// unsigned shorts. What is absent or blank is undefined or empty, never a guess.
import type { Element } from './topLevelElements.ts'

export interface ElementValues {
  /** true where the element is there and not of length 0 */
  readonly has: (tag: number) => boolean
  /** the whole value up to a zero byte, spaces around it left out; empty when absent */
  readonly text: (tag: number) => string
  /** the first value of a decimal or integer string; NaN when it is no number, undefined when absent or blank */
  readonly decimal: (tag: number) => number | undefined
  /** the first 16 bits */
  readonly uint16: (tag: number) => number | undefined
}

/** No text that is asked for is longer (CS 16, DS 16 a value); a lying length shall not make a text of megabytes. */
const LONGEST = 1024

const latin1 = new TextDecoder('latin1')

export const elementValues = (
  bytes: Uint8Array,
  found: ReadonlyMap<number, Element>,
  littleEndian: boolean,
): ElementValues => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = (tag: number): string => {
    const element = found.get(tag)
    if (element === undefined) return ''
    const length = Math.min(element.length ?? 0, LONGEST)
    const value = latin1.decode(bytes.subarray(element.offset, element.offset + length))
    return value.split('\0', 1)[0]!.trim()
  }
  return {
    has: (tag) => found.has(tag) && found.get(tag)!.length !== 0,
    text,
    decimal: (tag) => {
      const first = text(tag).split('\\', 1)[0]!.trim()
      return first === '' ? undefined : Number.parseFloat(first)
    },
    uint16: (tag) => {
      const element = found.get(tag)
      return element !== undefined && (element.length ?? 0) >= 2
        ? view.getUint16(element.offset, littleEndian)
        : undefined
    },
  }
}
