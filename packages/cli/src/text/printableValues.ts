// A record that was read from a file, with every text in it as one line that a terminal may show.
import { printableLine } from './printable.ts'

/** Names and values alike, at any depth; arrays of numbers are left as they are. */
export const printableValues = <T>(value: T): T => plain(value) as T

const plain = (value: unknown): unknown => {
  if (typeof value === 'string') return printableLine(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [printableLine(name), plain(one)]))
}
