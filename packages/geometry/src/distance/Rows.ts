/** Points of a space of `columns` dimensions, one a row: pixels or features of films. What the functions of this folder compare. */
export interface Rows {
  /** [rows, columns], row after row, finite; sums are in float64 whatever this is */
  readonly values: Float64Array | Float32Array
  readonly rows: number
  readonly columns: number
}
