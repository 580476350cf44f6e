// Whether the store has room for what a plan will write. Used before a run, which would otherwise end at its fullest.
import { statfs } from 'node:fs/promises'
import { formatBytes } from '../text/formatBytes.ts'
import { UsageError } from '../UsageError.ts'

/** Bytes free where the store lies; undefined where the system does not say. */
export const freeBytes = async (store: string): Promise<number | undefined> => {
  try {
    const { bavail, bsize } = await statfs(store)
    return bavail * bsize
  } catch {
    return undefined
  }
}

/** Throws `UsageError` naming the store when it has not room. */
export const checkSpace = (store: string, needed: number, free: number | undefined): void => {
  if (free !== undefined && needed > free)
    throw new UsageError(
      `this run would write about ${formatBytes(needed)} into the store ${store}, and ${formatBytes(free)} are free there. ` +
        'Free some space, choose another folder with --store, or run fewer or smaller films.',
    )
}
