// One line of a claim as a picture: the paper's gain as a diamond, ours as a dot with its interval, and shaded the
// differences that are too small for the films at hand. The numbers stand beside it, so it is hidden from screen readers.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import type { Bar, Domain } from './intervalBar.ts'

export interface ClaimLine extends Bar {
  readonly paper: boolean
  /** NaN where it is not known */
  readonly smallest: number
}

const WIDTH = 240
const HEIGHT = 20
const MARGIN = 6
const MIDDLE = HEIGHT / 2

export const claimBar = ([from, to]: Domain, { value, low, high, paper, smallest }: ClaimLine): Markup => {
  const at = (x: number): number => MARGIN + ((x - from) / (to - from)) * (WIDTH - 2 * MARGIN)
  const x = (of: number): string => at(of).toFixed(1)
  const band = Number.isFinite(smallest)
    ? markup`<rect class="blind" x="${x(-smallest)}" y="1" width="${(at(smallest) - at(-smallest)).toFixed(1)}" height="${HEIGHT - 2}"/>`
    : undefined
  const range =
    Number.isFinite(low) && Number.isFinite(high)
      ? markup`<path class="range" d="M${x(low)} ${MIDDLE}H${x(high)}M${x(low)} 5V15M${x(high)} 5V15"/>`
      : undefined
  const mark = !Number.isFinite(value)
    ? undefined
    : paper
      ? markup`<path class="paper" d="M${x(value)} 4l6 6l-6 6l-6 -6Z"/>`
      : markup`<circle class="value" cx="${x(value)}" cy="${MIDDLE}" r="4.5"/>`
  return markup`<svg class="bar" aria-hidden="true" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${band}<path class="zero" d="M${x(0)} 0V${HEIGHT}"/>${range}${mark}</svg>`
}
