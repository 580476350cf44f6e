// Series: named curves over steps: losses, gradient norms, learning rates.
import { tableKind } from '../Kind.ts'

export interface SeriesRow {
  readonly name: string
  readonly step: number
  readonly value: number
}

export const Series = tableKind<SeriesRow>()('series', {
  layout: 'table',
  columns: { name: 'utf8', step: 'int32', value: 'float64' },
  sortBy: ['name', 'step'],
})
