// From features as they are stored, one row a film with its numbers as bytes (the artefact kind `features`), to the sets that measures take,
// which say whose each film is.
import { MetricError } from '../MetricError.ts'
import type { FeatureSet } from './extractor.ts'
import { IncomparableFiguresError } from './IncomparableFiguresError.ts'

/** A row of the kind `features`. */
export interface FeatureRow {
  readonly film: string
  readonly extractor: string
  /** empty where nothing is learned */
  readonly sha256: string
  readonly resizeFilter: string
  /** [columns] float32, little-endian */
  readonly values: Uint8Array
}

/**
 * The rows as a set, in their order.
 * @param unitOf whose film it is @default every film its own unit, as generated films are
 * @param argument names the rows in messages @default 'rows'
 * @throws MetricError when there is no row, or rows are not of one number of float32 columns
 * @throws IncomparableFiguresError when rows come from two extractors
 */
export const featureSetOf = (
  rows: ReadonlyArray<FeatureRow>,
  unitOf: (film: string) => string = (film) => film,
  argument = 'rows',
): FeatureSet => {
  const [first] = rows
  if (!first) throw new MetricError(argument, 'holds no film: there is nothing to measure')
  const columns = first.values.byteLength / 4
  const values = new Float32Array(rows.length * columns)
  rows.forEach((row, i) => {
    for (const field of ['extractor', 'sha256', 'resizeFilter'] as const)
      if (row[field] !== first[field])
        throw new IncomparableFiguresError(`${argument} ${field}`, first[field], row[field])
    if (!(Number.isInteger(columns) && row.values.byteLength === first.values.byteLength))
      throw new MetricError(
        argument,
        `film ${row.film} has ${row.values.byteLength} bytes, not ${columns} float32 columns`,
      )
    const bytes = new DataView(row.values.buffer, row.values.byteOffset, row.values.byteLength)
    for (let j = 0; j < columns; j++) values[i * columns + j] = bytes.getFloat32(4 * j, true)
  })
  const { extractor: name, sha256, resizeFilter } = first
  return {
    values,
    rows: rows.length,
    columns,
    extractor: { name, sha256: sha256 === '' ? null : sha256, resizeFilter },
    units: rows.map(({ film }) => unitOf(film)),
  }
}
