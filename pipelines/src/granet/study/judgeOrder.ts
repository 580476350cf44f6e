// One verdict an order: as expected, against expectation, or cannot tell.
import type { Bounds } from './estimateOf.ts'
import type { Expected } from './orders.ts'

export type OrderVerdict = 'as expected' | 'against expectation' | 'cannot tell'

/**
 * - `>`: as expected when all of the interval lies above 0, against when all of it lies below;
 * - `≥`: as expected when a loss of `margin` is excluded, against when all of the interval lies below 0 and it is not;
 * - `=`: as expected when the interval lies within ± `margin`, against when it lies beside 0 and not within;
 * - `<` and `≤`: the other way round. Else, and where bounds are not known, it cannot tell.
 * @param bounds of left − right
 * @param margin the smallest difference that would matter, 0 or more
 */
export const judgeOrder = (expected: Exclude<Expected, '?'>, { low, high }: Bounds, margin: number): OrderVerdict => {
  if (!(Number.isFinite(low) && Number.isFinite(high))) return 'cannot tell'
  if (expected === '<') return judgeOrder('>', { low: -high, high: -low }, margin)
  if (expected === '≤') return judgeOrder('≥', { low: -high, high: -low }, margin)
  const kept = expected === '>' ? low > 0 : expected === '≥' ? low > -margin : low > -margin && high < margin
  if (kept) return 'as expected'
  const broken = expected === '=' ? low > 0 || high < 0 : high < 0
  return broken ? 'against expectation' : 'cannot tell'
}
