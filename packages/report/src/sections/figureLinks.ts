// The figures of a place as links, for the text that points to them: `Figure 3, Figure 4`.
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberLink } from '../numbering.ts'
import { figuresAt } from '../placement.ts'
import type { Place } from '../placement.ts'
import type { ReportInput } from '../ReportInput.ts'

/** Undefined where there is none. */
export const figureLinks = (input: ReportInput, place: Place): Markup | undefined => {
  const figures = figuresAt(input, place)
  if (figures.length === 0) return undefined
  return markup`${figures.map(({ id }, i) => markup`${i > 0 ? ', ' : undefined}${numberLink(input, id)}`)}`
}
