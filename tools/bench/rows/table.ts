// The rows that are no networks: reading a folder, blending, neighbours, detection metrics, time and memory against N.
import type { Row } from '../Row.ts'

export const rows: ReadonlyArray<Row> = []
