// Whether a run.json says what is read of it: written by hand, by an older version, or cut short, it is refused by name.
import type { RunRecord } from '@radiograft/artefact-store'

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): boolean => typeof value === 'string'

const fields = {
  run: isText,
  pipeline: isText,
  preset: isText,
  status: isText,
  store: isText,
  started: isText,
  command: Array.isArray,
  params: Array.isArray,
  nodes: Array.isArray,
  axes: isObject,
  datasets: isObject,
  results: isObject,
  versions: isObject,
  fingerprint: isObject,
} satisfies Partial<Record<keyof RunRecord, (value: unknown) => boolean>>

const nodeFields = {
  label: isText,
  id: isText,
  status: isText,
  params: isObject,
  paramSources: isObject,
  inputs: isObject,
}

type Fields = Readonly<Record<string, (value: unknown) => boolean>>
const missing = (value: unknown, of: Fields): string | undefined =>
  isObject(value)
    ? Object.keys(of).find((name) => !of[name]!((value as Readonly<Record<string, unknown>>)[name]))
    : 'fields'

/** Throws `Error` naming what is not there, or is of another type. */
export const checkRunRecord = (value: unknown): RunRecord => {
  const lacks = missing(value, fields)
  if (lacks !== undefined) throw new Error(`its run.json has no ${lacks}, or one of another type`)
  const record = value as RunRecord
  for (const [i, node] of record.nodes.entries()) {
    const lack = missing(node, nodeFields)
    if (lack !== undefined) throw new Error(`stage ${i + 1} of its run.json has no ${lack}, or one of another type`)
  }
  return record
}
