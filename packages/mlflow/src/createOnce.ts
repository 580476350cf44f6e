// Makes a thing whose creation is not idempotent, once: it is looked for before it is made, and again whenever nobody knows
// whether it was. Used for runs and model versions.
import type { Connection } from './Connection.ts'
import { MlflowUnavailableError } from './errors.ts'
import { backoffOf, pause } from './http/pause.ts'
import { isTransient } from './http/refusalOf.ts'

/**
 * @param find the thing made by an earlier try, or by an earlier call with the same id
 * @param create is sent once a try
 * @param settle is called when an earlier try may have made a second one after all
 * @param isNew nobody has tried before: it is looked for only after a failure
 */
export const createOnce = async <A>(
  { retries, backoff, signal }: Pick<Connection, 'retries' | 'backoff' | 'signal'>,
  find: () => Promise<A | undefined>,
  create: () => Promise<A>,
  settle: (made: A) => Promise<A>,
  isNew = false,
): Promise<A> => {
  const early = isNew ? undefined : await find()
  if (early !== undefined) return early
  for (let tries = 0; ; tries += 1) {
    try {
      const made = await create()
      return tries === 0 ? made : await settle(made)
    } catch (error) {
      if (!(error instanceof MlflowUnavailableError) || !isTransient(error)) throw error
      // a server that was slow may still be making it
      await pause(Math.max(error.retryAfter ?? 0, backoffOf(backoff, tries)), signal)
      const late = await find()
      if (late !== undefined) return late
      if (tries >= retries) throw error.after(tries + 1)
    }
  }
}
