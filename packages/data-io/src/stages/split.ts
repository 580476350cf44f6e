// Who trains, who tunes, who judges: the split as an artefact. Every fitting and evaluating stage takes it.
import { Schema } from 'effect'
import { Cohort, Labels, param, Split, Stage } from '@radiograft/pipeline'

export const split = Stage.make({
  name: 'split',
  doc: 'Cohort and labels to training, validation and test parts, patient-disjoint and stratified.',
  rows: ['G3', 'G4', 'G29'],
  resource: 'light',
  pure: true,
  params: {
    folds: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 100 })), {
      default: 4,
      doc: 'folds of the cross-validation',
      source: 'paper',
      row: 'G3',
    }),
    fold: param(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 99 })), {
      default: 0,
      doc: 'which fold, from 0',
    }),
    holdOut: param(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 0.9 })), {
      default: 0,
      doc: 'share of all films in a sealed test part shared by all folds; 0: the fold is the test part',
      row: 'G4',
    }),
    validation: param(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 0.9 })), {
      default: 0.18,
      doc: 'share of all films in the validation part',
    }),
  },
  inputs: { cohort: Cohort, labels: Labels },
  outputs: { split: Split },
  entry: Stage.entry(import.meta.url, './split.run'),
})
