// What goes down to the process that computes a stage, and what comes up. Plain JSON, one line each.
import type { Artefact } from '@radiograft/artefact-store'
import type { AnyKind, Dataset } from '@radiograft/pipeline'

export type JobInput =
  | { readonly _tag: 'dataset'; readonly dataset: Dataset }
  | { readonly _tag: 'artefact'; readonly kind: AnyKind; readonly artefact: Artefact }
  | { readonly _tag: 'many'; readonly kind: AnyKind; readonly artefacts: ReadonlyArray<Artefact> }

export interface Job {
  /** `file:` URL of the bundle */
  readonly bundle: string
  readonly params: Readonly<Record<string, unknown>>
  /** wired ports */
  readonly inputs: Readonly<Record<string, JobInput>>
  readonly outputs: Readonly<Record<string, AnyKind>>
  readonly seed: number
  readonly threads: number
  readonly precision: 'fp32' | 'bf16'
  /** an empty folder, removed by who made it */
  readonly scratch: string
  /** the store's folder */
  readonly store: string
  /** wait for a debugger, and stop before `run` is called. @default false */
  readonly inspect?: boolean
}

export type JobEvent =
  | { readonly _tag: 'progress'; readonly done: number; readonly total: number; readonly note: string }
  | { readonly _tag: 'metric'; readonly name: string; readonly value: number; readonly step: number }
  | { readonly _tag: 'log'; readonly message: string }
  /** a debugger is waited for at this address */
  | { readonly _tag: 'inspector'; readonly url: string }
  /** it has come */
  | { readonly _tag: 'inspected' }
  | {
      readonly _tag: 'done'
      readonly outputs: Readonly<Record<string, Artefact>>
      /** wall time of reading, computing and writing */
      readonly seconds: number
    }
  | { readonly _tag: 'failed'; readonly name: string; readonly message: string; readonly stack: string }
  /** the signal was aborted: nothing came of it */
  | { readonly _tag: 'stopped' }
