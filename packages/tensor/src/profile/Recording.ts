// What `recordSteps` writes and `summariseRecording` reads: one file of JSON.
import type { NodeRow } from './readTrace.ts'

/** The variable that asks a process for a recording: a `RecordingRequest` as JSON. */
export const PROFILE_VARIABLE = 'RADIOGRAFT_PROFILE'

export type RecordingRequest = {
  /** Where the recording is written; its folder is there. */
  readonly file: string
  /** Calls of a graph before anything is recorded: the first loads kernels and lays weights out. */
  readonly warmUp: number
  /** Steps that are timed, and as many again that are traced. */
  readonly steps: number
}

/** One call into TensorFlow from JavaScript. */
export type Call = {
  /** `graph`: a compiled graph; `eager`: an op outside of any; `upload`, `read`: values in and out. */
  readonly kind: 'graph' | 'eager' | 'upload' | 'read'
  /** The op of an eager call, the number of a graph. */
  readonly name: string
  /** Since the epoch. */
  readonly startMicros: number
  readonly micros: number
  /** Of a graph's call: place in `traces`. */
  readonly trace?: number
}

/** Steps in a row, measured alike. A step begins where the leading graph is called and ends where it is called again. */
export type Phase = { readonly startMicros: number; readonly micros: number; readonly steps: number }

export type Recording = {
  readonly format: 1
  readonly threads: number
  readonly tensorflow: string
  /** The graph whose calls count the steps; absent when no graph was called often enough. */
  readonly leading?: string
  /** Calls of each graph in all, by number. */
  readonly graphs: Readonly<Record<string, number>>
  readonly timed?: Phase
  readonly traced?: Phase
  /** All calls of the traced phase. */
  readonly calls: ReadonlyArray<Call>
  /** For each traced call of a graph what its nodes did. */
  readonly traces: ReadonlyArray<ReadonlyArray<NodeRow>>
  /** The fastest product of two float32 matrices, 1024 × 1024, of several: what this machine can do at best. */
  readonly peakGflops?: number
}
