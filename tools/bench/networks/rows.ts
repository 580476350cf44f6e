// The rows that are training steps and inference of networks.
import type { Row } from '../Row.ts'
import { alignerRows } from './alignerRows.ts'
import { detectorRows } from './detectorRows.ts'
import { ganRows } from './ganRows.ts'

export const rows: ReadonlyArray<Row> = [...ganRows, ...detectorRows, ...alignerRows]
