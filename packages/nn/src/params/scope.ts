// The part of a record of parameters that belongs to one child, and back. Used by every container.
import type { Params } from '../Network.ts'

/** The parameters under `name.`, without that prefix. */
export const scope = (params: Params, name: string): Params => {
  const prefix = `${name}.`
  const part: Record<string, Params[string]> = {}
  for (const key of Object.keys(params)) if (key.startsWith(prefix)) part[key.slice(prefix.length)] = params[key]!
  return part
}

/** The same parameters with `name.` before each name. */
export const unscope = (params: Params, name: string): Params =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [`${name}.${key}`, value]))
