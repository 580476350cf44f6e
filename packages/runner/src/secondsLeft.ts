// What a stage has left, in seconds, from the share of its work that is done: of a stage that runs, and of one that a checkpoint waits for.
import type { Account } from './Account.ts'

/**
 * If the rest goes as fast as the work between both shares went; undefined where there was none.
 * @param share of all work that is done, in [0, 1]
 * @param from the share that was done when the clock was started
 * @param seconds since then
 */
export const secondsLeft = ({
  share,
  from,
  seconds,
}: {
  readonly share: number
  readonly from: number
  readonly seconds: number
}): number | undefined => (share > from ? (seconds * (1 - share)) / (share - from) : undefined)

/** Share of all work that a checkpoint has done; where its stage told none, by its steps. */
export const shareDone = (step: number, { share, total }: Pick<Account, 'share' | 'total'>): number | undefined =>
  share ?? (total !== null && total >= step && total > 0 ? step / total : undefined)
