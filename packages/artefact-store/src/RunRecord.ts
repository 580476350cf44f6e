// `run.json` of a run folder: written before any work with what was resolved, and again at the end with what happened.
// The report and `radiograft compare` read it; artefacts are found by the keys it lists.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fingerprint } from './Manifest.ts'
import type { ProcessMark } from './ProcessMark.ts'

export interface RunRecordNode {
  /** unique in the run, such as `fit-detector[attention=true,fold=0]` */
  readonly label: string
  readonly id: string
  readonly stage: string
  readonly doc: string
  readonly rows: ReadonlyArray<string>
  readonly resource: string
  readonly cells: ReadonlyArray<Readonly<Record<string, string | number | boolean>>>
  readonly params: Readonly<Record<string, unknown>>
  readonly paramSources: Readonly<Record<string, string>>
  /** labels of the nodes that it reads from, by port; `dataset:<name>` for a dataset */
  readonly inputs: Readonly<Record<string, ReadonlyArray<string>>>
  readonly status: 'pending' | 'hit' | 'computed' | 'failed' | 'not-reached'
  /** why it was computed */
  readonly reason: string
  /** key of its manifest, once known */
  readonly key: string | null
  /** wall time of its computation, in this run or the one that it was kept from */
  readonly seconds: number | null
  /** log of its computation, relative to the run folder; null for a hit */
  readonly log: string | null
  /** the step at which this run took it up; absent where it began it or found it done */
  readonly resumedAt?: number
  /** steps that its checkpoint holds, of how many if that is known, where it was stopped or failed */
  readonly kept?: { readonly step: number; readonly total: number | null }
}

export interface RunRecordResult {
  readonly node: string
  readonly key: string
  readonly port: string
  readonly kind: string
  readonly digest: string
}

export interface RunRecord {
  readonly format: 1
  readonly run: string
  readonly pipeline: string
  readonly doc: string
  readonly preset: string
  readonly status: 'running' | 'done' | 'failed' | 'interrupted'
  readonly command: ReadonlyArray<string>
  readonly seed: number
  readonly params: ReadonlyArray<{
    readonly name: string
    readonly value: string | number | boolean
    readonly source: string
    readonly doc: string
  }>
  readonly axes: Readonly<Record<string, ReadonlyArray<string | number | boolean>>>
  readonly datasets: Readonly<Record<string, { readonly layout: string; readonly digest: string }>>
  readonly nodes: ReadonlyArray<RunRecordNode>
  /** by name, as `gather` returned them; filled at the end */
  readonly results: Readonly<Record<string, ReadonlyArray<RunRecordResult>>>
  readonly notBuilt: ReadonlyArray<{ readonly row: string; readonly what: string }>
  readonly versions: Readonly<Record<string, string>>
  readonly fingerprint: Fingerprint
  readonly store: string
  /** who runs it: a run whose process has ended without an end of its own was killed */
  readonly process: ProcessMark
  /** ISO time */
  readonly started: string
  readonly seconds: number | null
  /** message of the failure, if any */
  readonly error: string | null
}

/** Reads `run.json` of a run folder. */
export const readRunRecord = async (folder: string): Promise<RunRecord> =>
  JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as RunRecord
