// How long to wait before another try. Used by `makeSend` and by what is created once.
import { setTimeout as sleep } from 'node:timers/promises'

export const longestPause = 60_000

/** Doubled each time and shortened at random by up to half, so that many clients do not come back at once. */
export const backoffOf = (first: number, attempt: number): number =>
  Math.min(longestPause, first * 2 ** attempt) * (1 - Math.random() / 2)

/** @throws the signal's reason */
export const pause = async (ms: number, signal: AbortSignal | undefined): Promise<void> => {
  try {
    await sleep(ms, undefined, signal && { signal })
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  }
}
