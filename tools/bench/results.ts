// What was measured, one file a machine (results/<machine>.json), kept in git beside BENCHMARKS.md, which is written from
// them. A row measured again replaces itself in its machine's file alone.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from './machine.ts'
import type { RowResult } from './RowResult.ts'

export interface Results {
  readonly machine: Machine
  readonly rows: Readonly<Record<string, RowResult>>
  /** rows that could not be measured, and why */
  readonly failed: Readonly<Record<string, string>>
}

const read = (file: string): Results => JSON.parse(readFileSync(file, 'utf8')) as Results

/** Those of all machines, this one's first. */
export const allResults = (folder: string, machine: Machine): ReadonlyArray<Results> => {
  mkdirSync(folder, { recursive: true })
  const all = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => read(join(folder, name)))
  const own = all.find((results) => results.machine.id === machine.id) ?? { machine, rows: {}, failed: {} }
  return [own, ...all.filter((results) => results.machine.id !== machine.id)]
}

export const saveResults = (folder: string, results: Results): void =>
  writeFileSync(join(folder, `${results.machine.id}.json`), `${JSON.stringify(results, null, 2)}\n`)

/** The results with one row's outcome put in. */
export const withOutcome = (
  results: Results,
  name: string,
  outcome: RowResult | { readonly failed: string },
): Results => {
  const { [name]: _, ...failed } = results.failed
  if ('failed' in outcome) return { ...results, failed: { ...failed, [name]: outcome.failed } }
  return { ...results, rows: { ...results.rows, [name]: outcome }, failed }
}
