// run.json of a run that is to be sent, refused by name where it was damaged, cut short or written by hand. Used by `syncRun`.
import { readRunRecord } from '@radiograft/artefact-store'
import type { RunRecord } from '@radiograft/artefact-store'
import { join } from 'node:path'

/** The record of a run cannot be read: nothing of it can be sent. */
class RunRecordError extends Error {
  readonly _tag = 'RunRecordError'
  readonly file: string
  constructor(file: string, detail: string, options?: { readonly cause?: unknown }) {
    super(`${file} cannot be read: ${detail}. Nothing of this run was sent: put the file back from a copy.`, options)
    this.name = 'RunRecordError'
    this.file = file
  }
}

type Check = (value: unknown) => boolean
type Fields = Readonly<Record<string, Check>>

const isText: Check = (value) => typeof value === 'string'
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is read of it on the way to a server. */
const fields: Fields = {
  run: isText,
  pipeline: isText,
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
}
const nodeFields: Fields = { label: isText, params: isObject, paramSources: isObject, inputs: isObject }

const lackOf = (value: unknown, of: Fields): string | undefined =>
  isObject(value)
    ? Object.keys(of).find((name) => !of[name]!((value as Readonly<Record<string, unknown>>)[name]))
    : 'fields'

/** Rejects with `RunRecordError`. */
export const soundRecord = async (folder: string): Promise<RunRecord> => {
  const file = join(folder, 'run.json')
  const fail = (detail: string, cause?: unknown): RunRecordError => new RunRecordError(file, detail, { cause })
  const record: RunRecord = await readRunRecord(folder).catch((cause: unknown) => {
    throw fail(
      cause instanceof SyntaxError ? 'it is damaged' : cause instanceof Error ? cause.message : 'no file',
      cause,
    )
  })
  const lacks = lackOf(record, fields)
  if (lacks !== undefined) throw fail(`it has no ${lacks}, or one of another type`)
  for (const [i, node] of record.nodes.entries()) {
    const lack = lackOf(node, nodeFields)
    if (lack !== undefined) throw fail(`its stage ${i + 1} has no ${lack}, or one of another type`)
  }
  return record
}
