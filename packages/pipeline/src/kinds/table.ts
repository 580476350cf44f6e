// Table: a small table for people: named columns, rows of text and numbers, a title, the row ids that it answers.
import { valueKind } from '../Kind.ts'

export interface Table {
  readonly title: string
  /** row ids of the acceptance list, such as `G24` */
  readonly rows: string
  readonly columns: ReadonlyArray<string>
  readonly cells: ReadonlyArray<ReadonlyArray<string | number | null>>
  readonly note?: string
}

export const Table = valueKind<Table>()('table', { layout: 'json' })
