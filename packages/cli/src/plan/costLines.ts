// What a plan will take, in two lines: time with what it rests on, and disk with what is free.
import type { Prices } from '../price/pricePlan.ts'
import { formatBytes } from '../text/formatBytes.ts'
import { formatSeconds } from '../text/formatSeconds.ts'
import type { Paint } from '../text/paint.ts'

/** What a plan will take; `free` bytes lie where the store is. */
export interface Costs {
  readonly prices: Prices
  readonly free: number | undefined
}

export const costLines = ({ prices, free }: Costs, paint: Paint): ReadonlyArray<string> => {
  const by = (basis: string): number => [...prices.byLabel.values()].filter((price) => price.basis === basis).length
  const bases = [
    ...(by('checkpoint') > 0 ? [`${by('checkpoint')} by the pace so far`] : []),
    ...(by('earlier run') > 0 ? [`${by('earlier run')} by earlier runs`] : []),
    ...(by('price list') > 0 ? [`${by('price list')} by the price list of two cores`] : []),
    ...(by('none') > 0 ? [`${by('none')} without a price`] : []),
  ]
  const short = free !== undefined && prices.bytes > free
  const room = free === undefined ? '' : `, ${formatBytes(free)} free`
  return [
    `time: about ${formatSeconds(prices.seconds)} (${bases.join(', ')})`,
    `disk: about ${formatBytes(prices.bytes)} more in the store${short ? paint.red(`${room}: not enough`) : room}`,
  ]
}
