// A value with its interval as a small picture in a table row. Rows that are drawn to one scale can be compared by eye;
// the numbers stand beside it, so it is hidden from screen readers.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'

/** What a bar shows; a bound that is not finite is not drawn. */
export interface Bar {
  readonly value: number
  readonly low: number
  readonly high: number
}

export type Domain = readonly [low: number, high: number]

const WIDTH = 150
const HEIGHT = 16
const MARGIN = 5

/**
 * The scale that all bars of a group share: what they hold, and zero where it lies within one span of them or `zero` asks
 * for it. Undefined where nothing can be drawn or all is one point.
 */
export const barDomain = (bars: ReadonlyArray<Bar>, zero = false): Domain | undefined => {
  const ends = bars.flatMap(({ value, low, high }) => [value, low, high]).filter(Number.isFinite)
  if (zero && ends.length > 0) ends.push(0)
  let low = Math.min(...ends)
  let high = Math.max(...ends)
  if (!(high > low)) return undefined
  const span = high - low
  if (low > 0 && low <= span) low = 0
  if (high < 0 && -high <= span) high = 0
  return [low, high]
}

export const intervalBar = ({ value, low, high }: Bar, [from, to]: Domain): Markup | undefined => {
  if (!Number.isFinite(value)) return undefined
  const x = (at: number): string => (MARGIN + ((at - from) / (to - from)) * (WIDTH - 2 * MARGIN)).toFixed(1)
  const zero = from <= 0 && to >= 0 ? markup`<path class="zero" d="M${x(0)} 0V${HEIGHT}"/>` : undefined
  const range =
    Number.isFinite(low) && Number.isFinite(high)
      ? markup`<path class="range" d="M${x(low)} 8H${x(high)}M${x(low)} 4V12M${x(high)} 4V12"/>`
      : undefined
  return markup`<svg class="bar" aria-hidden="true" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${zero}${range}<circle class="value" cx="${x(value)}" cy="8" r="3.5"/></svg>`
}
