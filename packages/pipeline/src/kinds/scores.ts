// Scores: per-film values of an evaluation, the input of every bootstrap. A film that a protocol does not count has no row.
import { tableKind } from '../Kind.ts'

export interface ScoreRow {
  readonly film: string
  readonly patient: string
  /** names the protocol, such as `ap-rsna-0.40:0.75` */
  readonly metric: string
  readonly value: number
}

export const Scores = tableKind<ScoreRow>()('scores', {
  layout: 'table',
  columns: { film: 'utf8', patient: 'utf8', metric: 'utf8', value: 'float64' },
  sortBy: ['metric', 'film'],
})
