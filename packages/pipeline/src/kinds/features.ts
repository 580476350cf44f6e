// Features: what a network makes of films, one row of numbers a film, with the network's identity in each row, so that no
// measure sets two networks' features against each other.
import { tableKind } from '../Kind.ts'

export interface FeatureRow {
  readonly film: string
  /** words of small letters and digits joined by hyphens, such as `mobilenet-v2-224`; `pixels-32x32` where nothing is learned */
  readonly extractor: string
  /** of the network's weights, 64 hexadecimal digits; empty where nothing is learned */
  readonly sha256: string
  /** how films came to the network's size, such as `area-64`, or `none` */
  readonly resizeFilter: string
  /** [columns] float32, little-endian; the same number of columns in every row */
  readonly values: Uint8Array
}

export const Features = tableKind<FeatureRow>()('features', {
  layout: 'table',
  columns: { film: 'utf8', extractor: 'utf8', sha256: 'utf8', resizeFilter: 'utf8', values: 'bytes' },
  sortBy: ['film'],
})
