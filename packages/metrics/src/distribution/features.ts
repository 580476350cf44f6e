/**
 * Feature matrices, one row a film: what an extractor makes of films and what every measure here compares. Nothing knows of
 * the network that made them but its identity, which goes into each figure.
 */
import { MetricError } from '../MetricError.ts'

export interface Features {
  /** [rows, columns], row-major, any finite numbers; statistics are taken in float64 whatever this is */
  readonly values: Float64Array | Float32Array
  /** films */
  readonly rows: number
  /** dimensions of one film's features */
  readonly columns: number
}

/** @throws MetricError when the length is not rows x columns, a number is not finite, or a side is empty */
export const checkFeatures = (argument: string, { values, rows, columns }: Features): void => {
  if (!(Number.isInteger(rows) && rows > 0 && Number.isInteger(columns) && columns > 0))
    throw new MetricError(argument, `${rows} rows of ${columns} columns: both must be 1 or more`)
  if (values.length !== rows * columns)
    throw new MetricError(argument, `${values.length} values for ${rows} rows of ${columns} columns`)
  let bad = 0
  // a loop: findIndex took a fortieth of a Fréchet distance
  while (bad < values.length && Number.isFinite(values[bad]!)) bad++
  if (bad < values.length)
    throw new MetricError(argument, `row ${Math.floor(bad / columns)} holds ${values[bad]}: leave such films out first`)
}

/** Both sets, of one width. @throws MetricError as `checkFeatures`, or when columns differ */
export const checkPair = (real: Features, fake: Features): void => {
  checkFeatures('real', real)
  checkFeatures('fake', fake)
  if (real.columns !== fake.columns)
    throw new MetricError('real, fake', `${real.columns} and ${fake.columns} columns: use one extractor for both`)
}
