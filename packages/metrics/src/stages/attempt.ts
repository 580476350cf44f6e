// A measure that cannot be taken of these films is left out by a stage, not the stage by the measure.
import { MetricError } from '../MetricError.ts'

export type Attempt<T> = { readonly taken: T } | { readonly why: string }

/** What `take` gives, or why it refuses: the message of its MetricError, which says what to do instead. Other errors pass. */
export const attempt = <T>(take: () => T): Attempt<T> => {
  try {
    return { taken: take() }
  } catch (error) {
    if (error instanceof MetricError) return { why: error.message }
    throw error
  }
}

/** What was taken, or undefined. */
export const takenOf = <T>(found: Attempt<T> | undefined): T | undefined =>
  found && 'taken' in found ? found.taken : undefined
