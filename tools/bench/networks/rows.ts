// The rows that are training steps and inference of networks.
import type { Row } from '../Row.ts'
import { alignerRows } from './alignerRows.ts'
import { detectorRows } from './detectorRows.ts'
import { ganRows } from './ganRows.ts'
import { pgganRows } from './pgganRows.ts'

export const rows: ReadonlyArray<Row> = [...ganRows, ...pgganRows, ...detectorRows, ...alignerRows]
