// How much a split leaks, counted with the true patients: the paper's by film beside ours by patient (row G29).
import { Schema } from 'effect'
import { Cohort, Labels, Metrics, param, Split, Stage } from '@radiograft/pipeline'

export const measurePatientOverlap = Stage.make({
  name: 'measure-patient-overlap',
  doc: 'A split and the true cohort to the share of test films, and of the positive ones, whose patient is in training.',
  rows: ['G29'],
  resource: 'light',
  pure: true,
  params: {
    arm: param(Schema.String, { default: 'common', doc: 'what the split is called, such as `by-film`' }),
  },
  /** the cohort as it was read, with its patients, not that of `cohort-by-film` */
  inputs: { split: Split, cohort: Cohort, labels: Labels },
  outputs: { metrics: Metrics },
  entry: Stage.entry(import.meta.url, './measurePatientOverlap.run'),
})
