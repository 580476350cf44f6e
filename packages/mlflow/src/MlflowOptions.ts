// How a client behaves: all of it optional. `mlflowOptionsOfEnv` makes the credentials of the environment's variables.

/** A request is about to be repeated. */
export interface MlflowRetry {
  readonly method: string
  readonly address: string
  /** 1 before the second try. */
  readonly attempt: number
  readonly delayMs: number
  readonly error: Error
}

/** What the client needs of `fetch`: a place for a proxy, a log, or a server in memory. */
export type MlflowFetch = (address: string, init: RequestInit) => Promise<Response>

export interface MlflowOptions {
  /** Milliseconds for one try of a request, its answer's body included. @default 30_000 */
  readonly timeout?: number
  /** Milliseconds for one try of sending or getting an artifact. @default 300_000 */
  readonly artifactTimeout?: number
  /** How often a request that is safe to repeat is repeated. @default 4 */
  readonly retries?: number
  /** Milliseconds before the first repeat; doubled each time, up to 60 s, and shortened at random by up to half. @default 500 */
  readonly backoff?: number
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string
  /** With `password`: sent as basic authorization. A user and password in the address do the same. */
  readonly username?: string
  readonly password?: string
  /** @default globalThis.fetch */
  readonly fetch?: MlflowFetch
  /** Ends whatever is under way; its reason is what the promises reject with. */
  readonly signal?: AbortSignal
  readonly onRetry?: (retry: MlflowRetry) => void
  /** The tag that holds the caller's own id of a run or a model version. @default 'radiograft.id' */
  readonly idTag?: string
  /**
   * Params of more than 6,000 characters and tags of more than 8,000: `refuse` them, or `cut` them so that their end says
   * so and tells equal beginnings apart. A server would cut them in silence. @default 'refuse'
   */
  readonly longValues?: 'refuse' | 'cut'
}
