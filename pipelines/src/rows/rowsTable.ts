// An acceptance list beside a run as the table that the report lays out.
import type { Table } from '@radiograft/pipeline'
import type { PaperRow } from './PaperRow.ts'
import { rowCells, type RowState, type RunFacts } from './rowCells.ts'

const states: ReadonlyArray<RowState> = ['measured', 'measured in part', 'in this run', 'not yet run']

export interface ListedRows {
  readonly table: Table
  /** how many are in which state, in words */
  readonly tally: string
}

/** @param note what a reader must know of the figures, behind what the states mean */
export const rowsTable = (rows: ReadonlyArray<PaperRow>, facts: RunFacts, note: string): ListedRows => {
  const lines = rowCells(rows, facts)
  const tally = states.map((state) => `${lines.filter((line) => line.state === state).length} ${state}`).join(', ')
  const [first, last] = [rows[0]!.id, rows.at(-1)!.id]
  return {
    tally,
    table: {
      title: `Rows ${first} to ${last}`,
      rows: `${first}–${last}`,
      columns: ['row', 'the paper', 'flag', 'here', 'our figure', 'the paper’s figure', 'state'],
      cells: lines.map(({ row, says, flag, here, figure, paper, state }) => [
        row,
        says,
        flag,
        here,
        figure,
        paper || null,
        state,
      ]),
      note:
        `${tally}. “Measured”: the figure is this run’s. “Measured in part”: some of it, and the line names what is not there. “In this ` +
        `run”: carried out as the line says, with nothing to measure. “Not yet run”: the line says what is lacking. ${note}`,
    },
  }
}
