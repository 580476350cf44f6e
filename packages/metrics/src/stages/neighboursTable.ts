// The table between `measure-memorisation`, which writes it, and `block-copies`, which reads it.
import type { Table } from '@radiograft/pipeline'
import { MetricError } from '../MetricError.ts'
import type { MemorisationReport } from '../memorisation/memorisationReport.ts'

const columns = [
  'film',
  'space',
  'near copy',
  'nearest training film',
  'distance to it',
  'near below',
  'p',
  'nearest held-out film',
  'distance to that',
] as const

/** One row a film and space, with `yes` where it is a near copy; near copies first, then by film. */
export const neighboursTable = (reports: Readonly<Record<string, MemorisationReport>>): Table => {
  const cells = Object.entries(reports).flatMap(([space, { samples, threshold }]) =>
    samples.map(({ id, nearCopy, training, heldOut, p }) => [
      id,
      space,
      nearCopy ? 'yes' : 'no',
      training.id,
      training.distance,
      threshold,
      p,
      heldOut.id,
      heldOut.distance,
    ]),
  )
  return {
    title: 'Each generated film with the films nearest to it',
    rows: 'P10',
    columns: [...columns],
    cells: cells.toSorted((a, b) => compare(b[2]!, a[2]!) || compare(a[0]!, b[0]!) || compare(a[1]!, b[1]!)),
    note: 'A near copy lies nearer to a training film than all but a share `rate` of the held-out films do.',
  }
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0)

interface Looked {
  /** films that were looked at */
  readonly films: ReadonlySet<string>
  /** rows of near copies as they stand, columns as `reasonColumns` */
  readonly copies: ReadonlyArray<{ readonly film: string; readonly cells: ReadonlyArray<string | number | null> }>
}

/** Columns of a near copy's row: where it was found and what it copies. */
export const reasonColumns = ['film', 'space', 'nearest training film', 'distance to it', 'near below'] as const

/** @throws MetricError when the table is another one */
export const readNeighbours = (table: Table): Looked => {
  if (table.columns.length !== columns.length || columns.some((name, i) => table.columns[i] !== name))
    throw new MetricError(
      'neighbours',
      `"${table.title}" is not the table of measure-memorisation: wire its neighbours`,
    )
  return {
    films: new Set(table.cells.map(([film]) => `${film}`)),
    copies: table.cells
      .filter(([, , near]) => near !== 'no')
      .map(([film, space, , ...rest]) => ({ film: `${film}`, cells: [film!, space!, ...rest.slice(0, 3)] })),
  }
}
