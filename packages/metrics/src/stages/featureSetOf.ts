// Rows of features as a matrix with its extractor and whose each row is.
import type { FeatureRow } from '@radiograft/pipeline'
import type { FeatureSet } from '../distribution/extractor.ts'
import { IncomparableFiguresError } from '../distribution/IncomparableFiguresError.ts'
import { MetricError } from '../MetricError.ts'

/**
 * @param argument names the port in messages
 * @param rows of one extractor, in their order
 * @param unitOf whose film it is
 * @throws MetricError when there is no row, or rows are not of one number of float32 columns
 * @throws IncomparableFiguresError when rows come from two extractors
 */
export const featureSetOf = (
  argument: string,
  rows: ReadonlyArray<FeatureRow>,
  unitOf: (film: string) => string,
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
