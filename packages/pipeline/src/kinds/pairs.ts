// Pairs: which donor was chosen for which film (rows G7, G22).
import { tableKind } from '../Kind.ts'

export interface PairRow {
  readonly film: string
  readonly donor: string
  /** 0 is the nearest */
  readonly rank: number
  /** Euclidean distance of the thumbnails */
  readonly distance: number
}

export const Pairs = tableKind<PairRow>()('pairs', {
  layout: 'table',
  columns: { film: 'utf8', donor: 'utf8', rank: 'int32', distance: 'float64' },
  sortBy: ['film', 'rank'],
})
