// What can go wrong with a tracking server, each with what was asked of whom and a way on. Addresses carry no credentials.

/** Something that the server would refuse or, worse, half read. It was not sent. */
export class MlflowValueError extends Error {
  readonly _tag = 'MlflowValueError'
  /** Where the value stands: `metrics[3].step`. */
  readonly field: string
  constructor(field: string, wanted: string, got: string, options?: { readonly cause?: unknown }) {
    super(`${field} must be ${wanted}, and is ${got}. Nothing was sent.`, options)
    this.name = 'MlflowValueError'
    this.field = field
  }
}

/** Where a request went. */
export interface MlflowRequest {
  readonly method: string
  readonly address: string
}

/** The server understood the request and said no: repeating it would not help. */
export class MlflowRefusedError extends Error {
  readonly _tag = 'MlflowRefusedError'
  readonly method: string
  readonly address: string
  readonly status: number
  /** MLflow's own: `RESOURCE_DOES_NOT_EXIST`, `INVALID_PARAMETER_VALUE`… */
  readonly errorCode: string
  constructor({ method, address }: MlflowRequest, status: number, errorCode: string, detail: string, wayOn = '') {
    super(`${method} ${address} was refused with ${errorCode} (${status}): ${detail}${wayOn && ` ${wayOn}`}`)
    this.name = 'MlflowRefusedError'
    this.method = method
    this.address = address
    this.status = status
    this.errorCode = errorCode
  }
}

/** `refused`: nobody listens. `timeout`, `connection`: no answer, or half of one. `status`: the server's own failure. `answer`: not what an MLflow server answers. `host`: its check of host names said no. */
export type MlflowUnavailableReason = 'refused' | 'timeout' | 'connection' | 'status' | 'answer' | 'host'

/** No answer that can be believed. Whether the request was carried out is unknown, except for `refused` and `host`. */
export class MlflowUnavailableError extends Error {
  readonly _tag = 'MlflowUnavailableError'
  readonly method: string
  readonly address: string
  readonly reason: MlflowUnavailableReason
  readonly status: number | undefined
  /** Milliseconds that the server asked to wait before another try. */
  readonly retryAfter: number | undefined
  constructor(
    { method, address }: MlflowRequest,
    reason: MlflowUnavailableReason,
    detail: string,
    options?: { readonly status?: number; readonly retryAfter?: number; readonly cause?: unknown },
  ) {
    super(`${method} ${address}: ${detail}`, options)
    this.name = 'MlflowUnavailableError'
    this.method = method
    this.address = address
    this.reason = reason
    this.status = options?.status
    this.retryAfter = options?.retryAfter
  }

  /** The same error, which says how often it was tried. */
  after(tries: number): this {
    if (tries > 1) this.message += ` (tried ${tries} times)`
    return this
  }
}

export type MlflowError = MlflowValueError | MlflowRefusedError | MlflowUnavailableError
