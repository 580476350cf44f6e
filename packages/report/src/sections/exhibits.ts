// Figures and tables of one place, in order, with what the table of contents says of them.
import { figureBlock } from '../exhibits/figureBlock.ts'
import { tableBlock } from '../exhibits/tableBlock.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { figuresAt, tablesAt } from '../placement.ts'
import type { Place } from '../placement.ts'
import type { ReportInput } from '../ReportInput.ts'
import type { Section } from './Section.ts'

export interface Exhibits {
  readonly body: Markup
  readonly parts: NonNullable<Section['parts']>
}

/** Tables first: they are short, and say what the figures show. Undefined where the place is empty. */
export const exhibitsAt = (input: ReportInput, place: Place): Exhibits | undefined => {
  const figures = figuresAt(input, place)
  const tables = tablesAt(input, place)
  if (figures.length + tables.length === 0) return undefined
  return {
    body: markup`${tables.map(({ id, table }) => tableBlock(table, id))}${figures.map(({ id, figure }) => figureBlock(figure, id))}`,
    parts: [
      ...tables.map(({ id, table }) => ({ id, title: table.title })),
      ...figures.map(({ id, figure }) => ({ id, title: figure.title })),
    ],
  }
}
