// Each order that the run can speak of, measured and judged. Orders whose arms are not in the run are left out.
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'
import { atFloor } from './atFloor.ts'
import { boundsOf, differenceOf, directionOf, estimateOf, type Estimate } from './estimateOf.ts'
import { judgeOrder, type OrderVerdict } from './judgeOrder.ts'
import type { Order } from './orders.ts'

export interface ControlLine {
  readonly order: Order
  readonly ours: Estimate
  /** of a pair without a fixed order, where it lies */
  readonly verdict: OrderVerdict | 'above zero' | 'below zero'
  /** why it cannot tell, where the bounds alone do not say, or that what is within the margin lies beside 0; else empty */
  readonly caveat: string
}

export interface ControlOptions {
  readonly metric: string
  /** the smallest difference that would matter */
  readonly margin: number
  /** training seeds; one says nothing of the chance of training */
  readonly seeds: number
}

export const controlLines = (
  rows: ReadonlyArray<MetricRow>,
  orders: ReadonlyArray<Order>,
  { metric, margin, seeds }: ControlOptions,
): ReadonlyArray<ControlLine> =>
  orders.flatMap((order) => {
    const { left, right, expected } = order
    const ours = differenceOf(rows, left, right, metric)
    if (ours === undefined) return []
    const sides = [left, right].map((side) => side.split(BETWEEN))
    // an arm that finds nothing may well be the lower one, but a gain between two that find nothing is no gain
    const blind = left.includes(BETWEEN)
      ? sides.some((arms) => atFloor(rows, arms, metric))
      : atFloor(rows, sides.flat(), metric)
    const unseen = blind ? 'arms near 0' : seeds < 2 ? 'one training seed' : ''
    const bounds = boundsOf(ours)
    const direction = directionOf(bounds)
    const judged =
      unseen !== ''
        ? 'cannot tell'
        : expected !== '?'
          ? judgeOrder(expected, bounds, margin)
          : direction === 'above zero' || direction === 'below zero'
            ? direction
            : 'cannot tell'
    // a loss that grows would be a gain that shrinks
    const gain = left.includes(BETWEEN) ? estimateOf(rows, left, metric) : undefined
    const hollow = judged === 'as expected' && gain !== undefined && directionOf(boundsOf(gain)) !== 'above zero'
    // small, but no matter of chance
    const beside =
      (judged === 'excluded' || (judged === 'as expected' && expected === '=')) && direction !== 'zero inside'
    const [verdict, caveat] = hollow
      ? (['cannot tell', 'no gain that could shrink'] as const)
      : [judged, beside ? `surely ${direction === 'above zero' ? 'above' : 'below'} 0` : unseen]
    return [{ order, ours, verdict, caveat }]
  })
