// Labels: one row a film: its class and whether it is a positive of the detection task.
import { tableKind } from '../Kind.ts'

export interface LabelRow {
  readonly film: string
  /** as the data set spells it, such as `Normal`, `No Lung Opacity / Not Normal`, `Lung Opacity` */
  readonly class: string
  /** 1 for a positive of the task, 0 otherwise */
  readonly target: number
}

export const Labels = tableKind<LabelRow>()('labels', {
  layout: 'table',
  columns: { film: 'utf8', class: 'utf8', target: 'int32' },
  sortBy: ['film'],
})
