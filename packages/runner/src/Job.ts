// What goes down to the process that computes a stage, and what comes up. Plain JSON, one line each.
import type { Artefact, ComputedPart } from '@radiograft/artefact-store'
import type { AnyKind, Dataset, StageContext } from '@radiograft/pipeline'
import type { Account } from './Account.ts'

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
  readonly checkpoints: {
    /** of the key */
    readonly folder: string
    /** unique: two processes never write into the same folder below it */
    readonly attempt: string
    /** who computes this part; where it begins is known once a checkpoint was found or not */
    readonly part: Omit<ComputedPart, 'from'>
  }
  readonly graphs: StageContext['graphs']
  /** wait for a debugger, and stop before `run` is called. @default false */
  readonly inspect?: boolean
}

export type JobEvent =
  | {
      readonly _tag: 'progress'
      readonly done: number
      readonly total: number
      readonly note: string
      /** of its work, in [0, 1] */
      readonly share: number
    }
  | { readonly _tag: 'metric'; readonly name: string; readonly value: number; readonly step: number }
  | { readonly _tag: 'log'; readonly message: string }
  /** a log that people are to see at once */
  | { readonly _tag: 'warning'; readonly message: string }
  /** a checkpoint is about to be written: an end that was asked for waits for it */
  | { readonly _tag: 'saving' }
  /** it is on the disk */
  | {
      readonly _tag: 'checkpoint'
      readonly step: number
      /** steps in all, as the stage's progress has it */
      readonly total: number | null
      /** of its tensors */
      readonly bytes: number
      /** that writing it took */
      readonly seconds: number
    }
  /** the entry goes on at this step, after what the account tells */
  | { readonly _tag: 'resumed'; readonly step: number; readonly account: Account }
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
