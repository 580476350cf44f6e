// One line of the terminal as pieces of text, each with a colour or none: cut to a width before it is coloured.
import type { Paint } from '../text/paint.ts'
import { cutToWidth, textWidth } from './textWidth.ts'

export interface Span {
  readonly text: string
  readonly tone?: keyof Paint
}
export type Line = ReadonlyArray<Span>

/** The parts that are there, with a gap between. */
export const joinSpans = (parts: ReadonlyArray<Span>, gap: string): Line =>
  parts.filter(({ text }) => text !== '').flatMap((part, i) => (i === 0 ? [part] : [{ text: gap }, part]))

/** At most `columns` wide, coloured; each colour ends with its piece. */
export const paintLine = (line: Line, columns: number, paint: Paint): string => {
  let left = columns
  let painted = ''
  const all = line.reduce((sum, { text }) => sum + textWidth(text), 0)
  for (const { text, tone } of line) {
    // where the whole does not fit, the last column is for the `…` of the piece that is cut
    const cut = all <= columns || textWidth(text) < left ? text : cutToWidth(`${text} `, left)
    painted += tone && cut !== '' ? paint[tone](cut) : cut
    left -= textWidth(cut)
    if (cut !== text || left <= 0) break
  }
  return painted
}
