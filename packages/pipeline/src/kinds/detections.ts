// Detections: one row a predicted box after non-maximum suppression, in pixels of its film, score in [0, 1].
import { tableKind } from '../Kind.ts'

export interface DetectionRow {
  readonly film: string
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  readonly score: number
}

export const Detections = tableKind<DetectionRow>()('detections', {
  layout: 'table',
  columns: { film: 'utf8', x0: 'float64', y0: 'float64', x1: 'float64', y1: 'float64', score: 'float64' },
  sortBy: ['film', 'score', 'x0', 'y0', 'x1', 'y1'],
})
