// What a long computation keeps so that it can go on where it was stopped. The runner hands an implementation to every stage
// as `ctx.checkpoints`; `folderCheckpoints` serves whoever uses `fit` of @radiograft/training alone.

/** What JSON can say and give back unchanged. */
export type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/** A tensor as plain values: float32 and float64 as they are, int32 as int32, bool as bytes 0 and 1. */
export type CheckpointTensor =
  | { readonly dtype: 'float32'; readonly shape: ReadonlyArray<number>; readonly values: Float32Array }
  | { readonly dtype: 'float64'; readonly shape: ReadonlyArray<number>; readonly values: Float64Array }
  | { readonly dtype: 'int32'; readonly shape: ReadonlyArray<number>; readonly values: Int32Array }
  | { readonly dtype: 'bool'; readonly shape: ReadonlyArray<number>; readonly values: Uint8Array }

export interface Checkpoint {
  /** steps completed, at least 1 */
  readonly step: number
  readonly tensors: Readonly<Record<string, CheckpointTensor>>
  /** everything else: schedules, records, counters of the host */
  readonly state: Json
}

export interface Checkpoints {
  /** The newest one that is whole; a damaged one is passed over for the one before it. */
  latest(): Promise<Checkpoint | undefined>
  /** Settles when it is on disk, whole. Older ones but the last two may go. The arrays are read before it settles. */
  save(checkpoint: Checkpoint): Promise<void>
  /** Removes all of them. */
  clear(): Promise<void>
}
