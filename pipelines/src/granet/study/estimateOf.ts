// What a run measured of one pair of arms: its paired difference, whichever way round the contrast was wired, and of two
// contrasts (the gains at two doses) the bounds of their difference. Used by the judges of claims and of controls.
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'

export interface Bounds {
  /** NaN where it is not known */
  readonly low: number
  readonly high: number
}

/** Its own bounds are the 95 % interval. */
export interface Estimate extends Bounds {
  readonly value: number
  /** bounds that hold for all contrasts of the metric together; absent where the metric was not tested */
  readonly simultaneous?: Bounds
  /** p corrected by Holm for the number of contrasts; NaN where the metric was not tested */
  readonly pHolm: number
  /** NaN where it is not known */
  readonly smallest: number
  /** share of the variance that is the training seeds', 0 with one seed or where it is not known */
  readonly seedShare: number
  /** films counted */
  readonly n: number
}

/** @param contrast `a − b` as wired */
export const estimateOf = (rows: ReadonlyArray<MetricRow>, contrast: string, metric: string): Estimate | undefined => {
  const of = (name: string): MetricRow | undefined =>
    rows.find((row) => row.arm === contrast && row.part === 'test' && row.metric === name)
  const found = of(metric)
  if (found === undefined || !Number.isFinite(found.value)) return undefined
  const together = of(`${metric}-simultaneous`)
  const bounded = together && Number.isFinite(together.low) && Number.isFinite(together.high)
  return {
    value: found.value,
    low: found.low,
    high: found.high,
    ...(bounded ? { simultaneous: { low: together.low, high: together.high } } : {}),
    pHolm: of(`${metric}-p-holm`)?.value ?? NaN,
    smallest: of(`${metric}-smallest-detectable`)?.value ?? NaN,
    seedShare: of(`${metric}-seed-share`)?.value ?? 0,
    n: found.n,
  }
}

/** left − right, from the contrast as wired or the other way round. */
export const differenceOf = (
  rows: ReadonlyArray<MetricRow>,
  left: string,
  right: string,
  metric: string,
): Estimate | undefined => {
  if (left.includes(BETWEEN)) return gainDifference(estimateOf(rows, left, metric), estimateOf(rows, right, metric))
  const found = estimateOf(rows, `${left}${BETWEEN}${right}`, metric)
  if (found) return found
  const turned = estimateOf(rows, `${right}${BETWEEN}${left}`, metric)
  if (turned === undefined) return undefined
  const { value, low, high, simultaneous } = turned
  return {
    ...turned,
    value: 0 - value,
    low: 0 - high,
    high: 0 - low,
    ...(simultaneous ? { simultaneous: { low: 0 - simultaneous.high, high: 0 - simultaneous.low } } : {}),
  }
}

/**
 * One contrast minus another. No bootstrap saw the two together, so what both owe to the same films cannot be taken off and all
 * is too wide: from `low − high` to `high − low`. Simultaneous bounds so joined hold whatever the dependence, as both did; of
 * the 95 % intervals it needs near-normal ones, where the deviation of a difference is at most the sum of the two, and
 * so for the smallest difference. There is no p.
 */
const gainDifference = (one: Estimate | undefined, other: Estimate | undefined): Estimate | undefined => {
  if (one === undefined || other === undefined) return undefined
  const minus = (a: Bounds, b: Bounds): Bounds => ({ low: a.low - b.high, high: a.high - b.low })
  const [a, b] = [one.simultaneous, other.simultaneous]
  return {
    value: one.value - other.value,
    ...minus(one, other),
    ...(a && b ? { simultaneous: minus(a, b) } : {}),
    pHolm: NaN,
    smallest: one.smallest + other.smallest,
    seedShare: Math.max(one.seedShare, other.seedShare),
    n: Math.min(one.n, other.n),
  }
}

/** The bounds by which a difference is judged: those corrected for the number of contrasts, where they are given. */
export const boundsOf = ({ low, high, simultaneous }: Estimate): Bounds => simultaneous ?? { low, high }

export type Direction = 'above zero' | 'below zero' | 'zero inside' | 'not known'

export const directionOf = ({ low, high }: Bounds): Direction => {
  if (!(Number.isFinite(low) && Number.isFinite(high))) return 'not known'
  return low > 0 ? 'above zero' : high < 0 ? 'below zero' : 'zero inside'
}
