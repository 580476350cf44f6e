// All rows, in the order of the tables.
import { rows as networks } from './networks/rows.ts'
import { rows as others } from './rows/table.ts'
import type { Row } from './Row.ts'

export const table: ReadonlyArray<Row> = [...networks, ...others]
