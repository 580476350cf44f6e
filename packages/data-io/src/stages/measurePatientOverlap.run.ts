// Entry of `measure-patient-overlap`. The shares are counts over all films of this split, not estimates from some: no interval.
import { type MetricRow, metricRow, type RunOf } from '@radiograft/pipeline'
import { patientOverlap, type OverlapCount } from '../split/patientOverlap.ts'
import type { measurePatientOverlap } from './measurePatientOverlap.ts'

/** None where n is 0: a share of no films is no number. */
const shareRow = (arm: string, metric: string, count: number, n: number): ReadonlyArray<MetricRow> =>
  n === 0 ? [] : [metricRow({ arm, metric, value: count / n, n, unit: 'of films' })]

const overlapRows = (
  arm: string,
  what: string,
  { films, inTraining, seen }: OverlapCount,
): ReadonlyArray<MetricRow> => [
  ...shareRow(arm, `${what}-with-patient-in-training`, inTraining, films),
  ...shareRow(arm, `${what}-with-patient-seen`, seen, films),
]

export const run: RunOf<typeof measurePatientOverlap> = ({ params: { arm }, inputs, ctx }) => {
  const { test, all, positive } = patientOverlap(inputs.split, inputs.cohort, inputs.labels)
  ctx.log(
    all.films === 0
      ? `of none of the ${test} test films is the patient known: whether they leak cannot be told`
      : `${all.seen} of ${all.films} test films have their patient in training or validation`,
  )
  return {
    metrics: [
      ...shareRow(arm, 'test-films-with-known-patient', all.films, test),
      ...overlapRows(arm, 'test-films', all),
      ...overlapRows(arm, 'positive-test-films', positive),
    ],
  }
}
