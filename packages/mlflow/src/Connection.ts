// What operations share: how to send, and the options that decide what is sent. Made once by a client.
import type { Send } from './http/Ask.ts'

export interface Connection {
  readonly send: Send
  readonly idTag: string
  readonly longValues: 'refuse' | 'cut'
  readonly retries: number
  readonly backoff: number
  readonly signal: AbortSignal | undefined
  readonly artifactTimeout: number
  /** Where a run's artifacts lie, by run id: it never changes, so it is asked once. */
  readonly artifactRoots: Map<string, string>
}

export const api = '/api/2.0/mlflow'
