// JSON that gives back what it was given: `JSON.stringify` writes -0 as 0, NaN as null, and leaves out what it does not know.
// `JSON.parse` reads the text. Used for state.json.
import { CheckpointValueError } from './errors.ts'
import type { Json } from './Checkpoints.ts'

/** Deeper than any state; a value that holds itself ends here. */
const DEPTH = 500

/**
 * @param at how errors call the value
 * @throws CheckpointValueError for NaN, the infinities, undefined, and what is neither a plain object nor an array
 */
export const exactJson = (value: Json, at: string, depth = 0): string => {
  const refuse = (what: string): never => {
    throw new CheckpointValueError(at, `${what}, which a checkpoint's state cannot hold`)
  }
  if (depth > DEPTH) refuse('holds itself or is nested too deep')
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(`is ${value}`)
    return Object.is(value, -0) ? '-0' : String(value)
  }
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value))
    return `[${Array.from(value as ReadonlyArray<Json>, (item, i) => exactJson(item, `${at}[${i}]`, depth + 1)).join()}]`
  const kind = Object.prototype.toString.call(value)
  if (kind !== '[object Object]') refuse(`is ${kind.slice(8, -1)}`)
  const members = Object.entries(value as Readonly<Record<string, Json>>)
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${exactJson(item, `${at}.${key}`, depth + 1)}`).join()}}`
}
