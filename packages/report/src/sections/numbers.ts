// The metrics of the run with their intervals, and the plot that sets them beside the paper's figures.
import { markup } from '../markup/markup.ts'
import { numberOf } from '../numbering.ts'
import { tablesAt } from '../placement.ts'
import { tableBlock } from '../exhibits/tableBlock.ts'
import type { ReportInput } from '../ReportInput.ts'
import { figuresIn, figureParts } from './exhibits.ts'
import { metricTable } from './metricTable.ts'
import { metricTables } from './metricTables.ts'
import type { Section } from './Section.ts'

export const numbers = (input: ReportInput): Section | undefined => {
  const plots = figuresIn(input, 'numbers')
  const own = tablesAt(input, 'numbers')
  const shown = metricTables(input)
  if (shown.length + own.length === 0 && !plots) return undefined
  return {
    id: 'numbers',
    title: 'The numbers, with their intervals',
    body: markup`${plots}${shown.map(({ table, id }) => metricTable(table, id, numberOf(input, id)))}${own.map(
      ({ table, id }) => tableBlock(table, id, numberOf(input, id)),
    )}`,
    parts: [...figureParts(input, 'numbers'), ...shown.map(({ table, id }) => ({ id, title: table.title }))],
  }
}
