// Predictions: what a classifier says of films, one row a film and class.
import { tableKind } from '../Kind.ts'

export interface PredictionRow {
  readonly film: string
  /** as the labels or findings spell it that the classifier was fitted on */
  readonly class: string
  /** in [0, 1]; of exclusive classes they sum to 1 over a film's rows, of findings each is its own */
  readonly probability: number
}

export const Predictions = tableKind<PredictionRow>()('predictions', {
  layout: 'table',
  columns: { film: 'utf8', class: 'utf8', probability: 'float64' },
  sortBy: ['film', 'class'],
})
