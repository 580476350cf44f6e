// Marks: boxes drawn over pictures: true boxes and what each arm found, in pixels of the frame's pictures (origin at the
// outer corner of the top left pixel; x1 and y1 exclusive).
import { tableKind } from '../Kind.ts'

export interface MarkRow {
  readonly film: string
  /** the frame of the pictures that it fits (`PictureRow.frame`) */
  readonly frame: string
  /** `truth`, or the arm that found it */
  readonly set: string
  /** of a true box `missed`, or `found by` and the arms that found it; of a detection `hit` or `false`; empty where nothing was compared */
  readonly outcome: string
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  /** in [0, 1]; NaN for a true box */
  readonly score: number
}

export const Marks = tableKind<MarkRow>()('marks', {
  layout: 'table',
  columns: {
    film: 'utf8',
    frame: 'utf8',
    set: 'utf8',
    outcome: 'utf8',
    x0: 'float64',
    y0: 'float64',
    x1: 'float64',
    y1: 'float64',
    score: 'float64',
  },
  sortBy: ['film', 'frame', 'set', 'score', 'x0', 'y0', 'x1', 'y1'],
})
