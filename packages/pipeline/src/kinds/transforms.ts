// Transforms: one affine map a film, θ of affine_grid: output to input, coordinates in [−1, 1], row-major 2×3 (row G5).
import { tableKind } from '../Kind.ts'

export interface TransformRow {
  readonly film: string
  readonly t0: number
  readonly t1: number
  readonly t2: number
  readonly t3: number
  readonly t4: number
  readonly t5: number
}

export const Transforms = tableKind<TransformRow>()('transforms', {
  layout: 'table',
  columns: { film: 'utf8', t0: 'float64', t1: 'float64', t2: 'float64', t3: 'float64', t4: 'float64', t5: 'float64' },
  sortBy: ['film'],
})
