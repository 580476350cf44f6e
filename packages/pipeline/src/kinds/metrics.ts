// Metrics: what `metrics.json` and the report print: a value, its interval, and what it was taken over.
import { tableKind } from '../Kind.ts'

/** Between the two arms of a paired contrast, as an arm's name: `attention − plain`. */
export const BETWEEN = ' − '

export interface MetricRow {
  /** the arm of the study, such as `attention`, `baseline-box-prior`; `common` where there is one for all */
  readonly arm: string
  /** `train`, `validation`, `test` */
  readonly part: string
  /** names the protocol, such as `ap-rsna-0.40:0.75` */
  readonly metric: string
  readonly value: number
  /** 95 % interval; NaN where none can be given */
  readonly low: number
  readonly high: number
  /** how many films, patients or pairs it was taken over */
  readonly n: number
  readonly unit: string
}

/** A row of the test part, without an interval and without a unit where none is given. */
export const metricRow = (row: Pick<MetricRow, 'arm' | 'metric' | 'value' | 'n'> & Partial<MetricRow>): MetricRow => ({
  part: 'test',
  low: NaN,
  high: NaN,
  unit: '',
  ...row,
})

export const Metrics = tableKind<MetricRow>()('metrics', {
  layout: 'table',
  columns: {
    arm: 'utf8',
    part: 'utf8',
    metric: 'utf8',
    value: 'float64',
    low: 'float64',
    high: 'float64',
    n: 'int32',
    unit: 'utf8',
  },
  sortBy: ['arm', 'part', 'metric'],
})
