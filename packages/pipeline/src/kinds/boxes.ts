// Boxes: one row a box, in pixels of its own film, x1 and y1 exclusive, origin at the outer corner of the top left pixel.
import { tableKind } from '../Kind.ts'

export interface BoxRow {
  readonly film: string
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  /** the finding, such as `opacity` */
  readonly label: string
}

export const Boxes = tableKind<BoxRow>()('boxes', {
  layout: 'table',
  columns: { film: 'utf8', x0: 'float64', y0: 'float64', x1: 'float64', y1: 'float64', label: 'utf8' },
  sortBy: ['film', 'x0', 'y0', 'x1', 'y1'],
})
