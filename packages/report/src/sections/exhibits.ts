// Figures and tables of one place, in order, with what the table of contents says of them.
import { figureBlock } from '../exhibits/figureBlock.ts'
import { tableBlock } from '../exhibits/tableBlock.ts'
import { markup } from '../markup/markup.ts'
import type { Markup } from '../markup/markup.ts'
import { numberOf } from '../numbering.ts'
import { figuresAt, tablesAt } from '../placement.ts'
import type { Place } from '../placement.ts'
import type { ReportInput } from '../ReportInput.ts'
import { inNumbers } from './inNumbers.ts'
import type { Section } from './Section.ts'

export interface Exhibits {
  readonly body: Markup
  readonly parts: NonNullable<Section['parts']>
}

/** Undefined where the place has no figure. */
export const figuresIn = (input: ReportInput, place: Place): Markup | undefined => {
  const figures = figuresAt(input, place)
  if (figures.length === 0) return undefined
  return markup`${figures.map(({ id, figure, ...measured }) => figureBlock(figure, id, numberOf(input, id), inNumbers(input, measured)))}`
}

export const figureParts = (input: ReportInput, place: Place): NonNullable<Section['parts']> =>
  figuresAt(input, place).map(({ id, figure }) => ({ id, title: figure.title }))

/** Tables first: they are short, and say what the figures show. Undefined where the place is empty. */
export const exhibitsAt = (input: ReportInput, place: Place): Exhibits | undefined => {
  const figures = figuresIn(input, place)
  const tables = tablesAt(input, place)
  if (!figures && tables.length === 0) return undefined
  return {
    body: markup`${tables.map(({ id, table }) => tableBlock(table, id, numberOf(input, id)))}${figures}`,
    parts: [...tables.map(({ id, table }) => ({ id, title: table.title })), ...figureParts(input, place)],
  }
}
