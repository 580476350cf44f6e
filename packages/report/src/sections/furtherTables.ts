// Tables that have no place of their own.
import { tableBlock } from '../exhibits/tableBlock.ts'
import { markup } from '../markup/markup.ts'
import { numberOf } from '../numbering.ts'
import { tablesAt } from '../placement.ts'
import type { ReportInput } from '../ReportInput.ts'
import type { Section } from './Section.ts'

export const furtherTables = (input: ReportInput): Section | undefined => {
  const tables = tablesAt(input, 'elsewhere')
  if (tables.length === 0) return undefined
  return {
    id: 'tables',
    title: 'Further tables',
    body: markup`${tables.map(({ id, table }) => tableBlock(table, id, numberOf(input, id)))}`,
    parts: tables.map(({ id, table }) => ({ id, title: table.title })),
  }
}
