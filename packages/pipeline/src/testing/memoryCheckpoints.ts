// Checkpoints that live as long as a test. A stage's test keeps one and hands it to two calls of an entry: the first is
// aborted, the second goes on.
import type { Checkpoint, Checkpoints } from '@radiograft/checkpoints'

/** Copies what it is given and what it gives, as a disk would: an array that is written to later changes nothing here. */
export const memoryCheckpoints = (): Checkpoints & {
  /** the step of each one that was saved, in order */
  readonly saved: ReadonlyArray<number>
} => {
  let newest: Checkpoint | undefined
  const saved: number[] = []
  return {
    saved,
    latest: async () => structuredClone(newest),
    save: async (checkpoint) => {
      newest = structuredClone(checkpoint)
      saved.push(checkpoint.step)
    },
    clear: async () => void (newest = undefined),
  }
}
