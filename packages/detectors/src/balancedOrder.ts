// Which films a training step sees: as many positives as negatives in each batch, as the reachable AP was measured with.
// The prior shift is the price: a fifth of the films are positive but half of every batch is, so scores are too high as
// probabilities; the threshold is tuned on validation films in their own proportion, which undoes it.
import { rng } from '@radiograft/random'
import { DetectorError } from './DetectorError.ts'

/** Film numbers of the batch of any step, positives first. */
export type BatchAt = (step: number) => ReadonlyArray<number>

/**
 * Positives and negatives each go round in their own seeded permutations, a new one for every round, so any step's batch
 * is known without the steps before it: a resumed run goes on as if it had not stopped.
 * @param positive whether film i has a box
 * @param batch its size
 * @param positives how many of a batch are positive @default half; all of the other sort where one sort has no film
 */
export const balancedOrder = (
  positive: ReadonlyArray<boolean>,
  batch: number,
  seed: number | string,
  positives = Math.floor(batch / 2),
): BatchAt => {
  const films = positive.map((_, i) => i)
  const having = films.filter((i) => positive[i])
  const others = films.filter((i) => !positive[i])
  if (films.length === 0) throw new DetectorError('balancedOrder', 'there are no training films')
  const share = having.length === 0 ? 0 : others.length === 0 ? batch : positives
  const rounds = { having: goRound(having, `${seed}/positive`), others: goRound(others, `${seed}/negative`) }
  return (step) => [
    ...Array.from({ length: share }, (_, k) => rounds.having(step * share + k)),
    ...Array.from({ length: batch - share }, (_, k) => rounds.others(step * (batch - share) + k)),
  ]
}

/** The n-th film of an endless sequence of permutations. */
const goRound = (films: ReadonlyArray<number>, seed: string): ((n: number) => number) => {
  let held: { readonly round: number; readonly order: Int32Array } | undefined
  return (n) => {
    const round = Math.floor(n / films.length)
    if (held?.round !== round) held = { round, order: rng(seed).fork(round).permutation(films.length) }
    return films[held.order[n % films.length]!]!
  }
}
