// The one request helper: carries out a request with bounded repeats, where a repeat is safe. Used by every operation.
import { MlflowUnavailableError } from '../errors.ts'
import type { MlflowFetch, MlflowOptions } from '../MlflowOptions.ts'
import { addressOf, tryOnce } from './tryOnce.ts'
import type { Ask, Send } from './Ask.ts'
import { backoffOf, longestPause, pause } from './pause.ts'
import { isTransient, wasNotCarriedOut } from './refusalOf.ts'
import type { ServerAddress } from './serverAddress.ts'

export interface RetryOptions {
  readonly timeout: number
  readonly retries: number
  readonly backoff: number
  readonly fetch: MlflowFetch
}

/** A stream is read by the first try, whatever becomes of it. */
const canBeSentAgain = (ask: Ask<unknown>, error: MlflowUnavailableError): boolean =>
  !(ask.data instanceof ReadableStream) && (ask.repeatable || wasNotCarriedOut(error))

export const makeSend = (
  { uri, headers }: ServerAddress,
  { timeout, retries, backoff, fetch }: RetryOptions,
  { signal, onRetry }: Pick<MlflowOptions, 'signal' | 'onRetry'>,
): Send => {
  const attempt = { uri, headers, fetch, timeout, signal }
  return async (ask) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await tryOnce(ask, attempt)
      } catch (error) {
        if (!(error instanceof MlflowUnavailableError) || !isTransient(error)) throw error
        const delayMs = Math.max(error.retryAfter ?? 0, backoffOf(backoff, tries))
        if (tries >= retries || delayMs > longestPause || !canBeSentAgain(ask, error)) throw error.after(tries + 1)
        onRetry?.({ method: ask.method, address: addressOf(uri, ask), attempt: tries + 1, delayMs, error })
        await pause(delayMs, signal)
      }
    }
  }
}
