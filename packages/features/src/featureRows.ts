// Between the artefact kind `features` (one row a film, numbers as bytes) and the feature sets that measures take, which
// say whose each film is. Used by `extract-features` and by stages that measure.
import type { ExtractorIdentity, FeatureSet } from '@radiograft/metrics/distribution'
import { FeaturesError } from './FeaturesError.ts'

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

/** One row. @param values [columns] */
export const featureRow = (film: string, values: ArrayLike<number>, identity: ExtractorIdentity): FeatureRow => {
  const view = new DataView(new ArrayBuffer(4 * values.length))
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true)
  const { name: extractor, sha256, resizeFilter } = identity
  return { film, extractor, sha256: sha256 ?? '', resizeFilter, values: new Uint8Array(view.buffer) }
}

/**
 * @param films ids, one a row of the set
 * @throws FeaturesError where there is not one id a row
 */
export const featureRows = (set: FeatureSet, films: ReadonlyArray<string>): ReadonlyArray<FeatureRow> => {
  if (films.length !== set.rows) throw new FeaturesError('films', `${films.length} ids for ${set.rows} rows`)
  const { values, columns, extractor } = set
  return films.map((film, i) => featureRow(film, values.subarray(i * columns, (i + 1) * columns), extractor))
}

/**
 * The rows as a set, in their order.
 * @param unitOf film → patient; without one every film is its own unit, as generated films are
 * @throws FeaturesError without rows, for rows of two extractors or two widths, and for a film of whom the map says nothing
 */
export const featureSetOf = (rows: ReadonlyArray<FeatureRow>, unitOf?: ReadonlyMap<string, string>): FeatureSet => {
  const [first] = rows
  if (!first) throw new FeaturesError('rows', 'there are none')
  const columns = first.values.length / 4
  const values = new Float32Array(rows.length * columns)
  const units = rows.map((row, i) => {
    for (const field of ['extractor', 'sha256', 'resizeFilter'] as const)
      if (row[field] !== first[field])
        throw new FeaturesError(
          'rows',
          `${field} of ${row.film} is ${row[field]}, of ${first.film} ${first[field]}: features of two extractors are never pooled`,
        )
    if (row.values.length !== first.values.length)
      throw new FeaturesError('rows', `${row.film} has ${row.values.length / 4} numbers, ${first.film} ${columns}`)
    const view = new DataView(row.values.buffer, row.values.byteOffset, row.values.length)
    for (let k = 0; k < columns; k++) values[i * columns + k] = view.getFloat32(4 * k, true)
    const unit = unitOf ? unitOf.get(row.film) : row.film
    if (unit === undefined)
      throw new FeaturesError('unitOf', `does not say whose film ${row.film} is: give the cohort of these films`)
    return unit
  })
  const { extractor: name, sha256, resizeFilter } = first
  return {
    values,
    rows: rows.length,
    columns,
    extractor: { name, sha256: sha256 === '' ? null : sha256, resizeFilter },
    units,
  }
}
