// Which examples make up a batch, as a pure function of seed and step: looking ahead, resuming and several readers all see
// the same order. Used by the batches of every stage that trains.
import { rng } from '@radiograft/random'
import { TrainingError } from './TrainingError.ts'

/**
 * The `batchSize` indices below `n` of one step. The stream is one permutation after another, one for each epoch, and
 * batches are cut from it without regard to where an epoch ends: all have the same size and every example comes once an
 * epoch.
 * @param step counted from 0
 */
export const batchOrder = (seed: number | string, n: number, batchSize: number, step: number): Int32Array => {
  if (!(n > 0)) throw new TrainingError(`there is nothing to train on: ${n} examples`)
  const order = new Int32Array(batchSize)
  let epoch = -1
  let permutation = new Int32Array(0)
  for (let i = 0; i < batchSize; i++) {
    const position = step * batchSize + i
    if (Math.floor(position / n) !== epoch) {
      epoch = Math.floor(position / n)
      permutation = rng(seed).fork('order').fork(epoch).permutation(n) as Int32Array<ArrayBuffer>
    }
    order[i] = permutation[position % n]!
  }
  return order
}

/** The epoch, counted from 0, of example `i` of a step's batch: for augmentation seeded by (seed, epoch, film). */
export const batchEpoch = (n: number, batchSize: number, step: number, i = 0): number =>
  Math.floor((step * batchSize + i) / n)
