// One verdict an order: as expected, a loss that matters excluded, against expectation, or cannot tell.
import type { Bounds } from './estimateOf.ts'
import type { Expected } from './orders.ts'

/** `excluded`: the order is not shown, only that it is not broken by as much as would matter; both may be as good as equal. */
export type OrderVerdict = 'as expected' | 'excluded' | 'against expectation' | 'cannot tell'

/**
 * - `>`: as expected when all of the interval lies above 0, against when all of it lies below;
 * - `≥`: as expected so too; `excluded` when a loss of `margin` is, on whichever side of 0 the interval lies; against when all of
 *   it lies below 0 and such a loss is not excluded;
 * - `=`: as expected when the interval lies within ± `margin`, against when it lies beside 0 and not within;
 * - `<` and `≤`: the other way round. Else, and where bounds are not known, it cannot tell.
 * @param bounds of left − right
 * @param margin the smallest difference that would matter, 0 or more
 */
export const judgeOrder = (expected: Exclude<Expected, '?'>, { low, high }: Bounds, margin: number): OrderVerdict => {
  if (!(Number.isFinite(low) && Number.isFinite(high))) return 'cannot tell'
  if (expected === '<') return judgeOrder('>', { low: -high, high: -low }, margin)
  if (expected === '≤') return judgeOrder('≥', { low: -high, high: -low }, margin)
  const within = low > -margin && high < margin
  if (expected === '=' ? within : low > 0) return 'as expected'
  if (expected === '≥' && low > -margin) return 'excluded'
  const broken = expected === '=' ? low > 0 || high < 0 : high < 0
  return broken ? 'against expectation' : 'cannot tell'
}
