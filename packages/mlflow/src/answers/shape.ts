// Reads a parsed answer field by field. A 200 of another shape, from a proxy or from another server, is an error and no
// object full of undefined. Used by all that read answers.
import { kindOf } from '../checks/kindOf.ts'

/** Caught by `readJson`, which knows the request. */
export class ShapeError extends Error {
  readonly _tag = 'ShapeError'
  constructor(at: string, wanted: string, got: unknown) {
    super(`${at} should be ${wanted}, and is ${kindOf(got)}`)
  }
}

export type Fields = Readonly<Record<string, unknown>>

export const fieldsOf = (value: unknown, at: string): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError(at, 'an object', value)
  return value as Fields
}

export const textOf = (fields: Fields, name: string): string => {
  const value = fields[name]
  if (typeof value !== 'string') throw new ShapeError(name, 'a text', value)
  return value
}

/** A text that the server leaves out when there is none. */
export const textOr = <A>(fields: Fields, name: string, none: A): string | A =>
  fields[name] === undefined || fields[name] === null ? none : textOf(fields, name)

/** A whole number; some servers write 64-bit ones as texts. */
const integerOf = (fields: Fields, name: string): number => {
  const value = typeof fields[name] === 'string' && fields[name] !== '' ? Number(fields[name]) : fields[name]
  if (!Number.isSafeInteger(value)) throw new ShapeError(name, 'an integer', fields[name])
  return value as number
}

export const integerOr = <A>(fields: Fields, name: string, none: A): number | A =>
  fields[name] === undefined || fields[name] === null ? none : integerOf(fields, name)

/** Empty lists are left out by the server. */
export const listOf = <A>(fields: Fields, name: string, read: (fields: Fields) => A): ReadonlyArray<A> => {
  const value = fields[name] ?? []
  if (!Array.isArray(value)) throw new ShapeError(name, 'an array', value)
  return value.map((item, i) => read(fieldsOf(item, `${name}[${i}]`)))
}

/** `[{ key, value }]` as a record; a text that is empty may be left out. */
export const pairsOf = (fields: Fields, name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(listOf(fields, name, (pair) => [textOf(pair, 'key'), textOr(pair, 'value', '')]))

export const lifecycleOf = (fields: Fields): 'active' | 'deleted' =>
  textOf(fields, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active'
