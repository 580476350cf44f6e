// Batches with a fixed number of positive and of negative films, each kind in its own seeded order.
import { batchOrder } from './batchOrder.ts'
import { TrainingError } from './TrainingError.ts'

export type BalancedOrder = {
  readonly seed: number | string
  /** Indices of the films with and without a finding, in a fixed order. */
  readonly positives: ArrayLike<number>
  readonly negatives: ArrayLike<number>
  /** How many of each a batch has: `positives` first. */
  readonly count: { readonly positives: number; readonly negatives: number }
}

/** The indices of one step's batch, positives first. Each kind goes through its own epochs. @param step counted from 0 */
export const balancedOrder = ({ seed, positives, negatives, count }: BalancedOrder, step: number): Int32Array => {
  const draw = (name: string, from: ArrayLike<number>, size: number): number[] => {
    if (size === 0) return []
    if (from.length === 0) throw new TrainingError(`a batch wants ${size} ${name}, but there are no ${name}`)
    return Array.from(batchOrder(`${seed}/${name}`, from.length, size, step), (i) => from[i]!)
  }
  return Int32Array.from([
    ...draw('positives', positives, count.positives),
    ...draw('negatives', negatives, count.negatives),
  ])
}
