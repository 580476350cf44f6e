// When the loop writes a checkpoint. The snapshot is taken between two steps, writing goes on while the next steps run, one
// at a time. Used by `fit`.
import type { Checkpoint, Checkpoints, Json } from '@radiograft/checkpoints'
import { giveMemoryBack } from '@radiograft/tensor'

export type FitCheckpoints = {
  /** `folderCheckpoints` of @radiograft/checkpoints, or what a stage gets as `ctx.checkpoints`. `folder` is said in errors. */
  readonly to: Checkpoints & { readonly folder?: string }
  /**
   * Least time between two; longer when they are costly, so that the loop stands still for them for at most 2 % of it.
   * Infinity: never by time. @default 60
   */
  readonly everySeconds?: number
  /** Also after each so many steps, whatever it costs. @default none */
  readonly everySteps?: number
  /** State of the caller that the step, the knobs or `validate` depend on, such as that of a plateau schedule. */
  readonly host?: {
    /** Called between two steps. */
    readonly save: () => Json
    /** Called before the first batch is asked for, with what `save` gave. */
    readonly restore: (state: Json) => void
  }
}

export interface Saver {
  /** After each step: begins a checkpoint if it is time. Settles at once, unless an earlier one must end first. */
  readonly afterStep: (step: number) => Promise<void>
  /** Writes this step's at once unless it is there already, and waits; answers where it is, undefined when it failed. */
  readonly now: (step: number) => Promise<string | undefined>
  /** Waits for something as part of the loop; counted as a cost while a checkpoint is being written. */
  readonly wait: (something: Promise<void>) => Promise<void>
  /** Waits for what is being written. */
  readonly settle: () => Promise<void>
}

/** The loop may stand still for 1/50 of its time. */
const restFactor = 50

/**
 * @param snapshot all that is to be kept of this step; called synchronously
 * @param resumedAt the step of the checkpoint that there is, 0 for none
 * @param onFailed told of the first failure, and again after a success
 */
export const makeSaver = (
  { to, everySeconds = 60, everySteps = Infinity }: FitCheckpoints,
  snapshot: (step: number) => Checkpoint,
  resumedAt: number,
  onFailed: (error: unknown) => void,
): Saver => {
  let kept = resumedAt
  let failing = false
  let writing: Promise<void> | undefined
  /** milliseconds for which the loop has stood still for the last one */
  let cost = 0
  let restsFrom = performance.now()

  const write = async (step: number): Promise<void> => {
    const began = performance.now()
    cost = 0
    try {
      const saved = to.save(snapshot(step))
      saved.catch(() => {}) // seen below
      // what it does before it waits for the disk, such as a digest, stops the loop too
      await Promise.resolve()
      cost = performance.now() - began
      await saved
      kept = step
      failing = false
      const wrote = performance.now()
      giveMemoryBack()
      cost += performance.now() - wrote
    } catch (error) {
      const first = !failing
      failing = true
      if (first) onFailed(error)
    }
  }
  const begin = (step: number): void => {
    const begun = write(step).finally(() => {
      writing = undefined
      restsFrom = performance.now()
    })
    begun.catch(() => {}) // only what onFailed throws; seen when awaited
    writing = begun
  }
  const wait = async (something: Promise<void>): Promise<void> => {
    const began = performance.now()
    const counts = writing !== undefined
    await something
    if (counts) cost += performance.now() - began
  }
  const settle = async (): Promise<void> => {
    if (writing) await wait(writing)
  }
  return {
    wait,
    settle,
    afterStep: async (step) => {
      const rested = !writing && performance.now() - restsFrom >= Math.max(everySeconds * 1000, cost * restFactor)
      if (!rested && step % everySteps !== 0) return
      await settle()
      begin(step)
    },
    now: async (step) => {
      await settle()
      if (step > 0 && kept !== step) {
        begin(step)
        await settle()
      }
      return step > 0 && kept === step ? (to.folder ?? `the checkpoint of step ${step}`) : undefined
    },
  }
}
