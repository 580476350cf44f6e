// Fits a classifier on the cohort's training patients (P4, P11): of the classes of its labels, or of its findings.
import { Schema } from 'effect'
import {
  Cohort,
  Films,
  Findings,
  Labels,
  Network,
  optional,
  param,
  Provenance,
  Series,
  Split,
  Stage,
} from '@radiograft/pipeline'

const count = Schema.Int.check(Schema.isGreaterThan(0))

export const fitClassifier = Stage.make({
  name: 'fit-classifier',
  doc: 'Films of the training part with labels or findings to a small classifier, chosen by its checks on the validation part.',
  rows: ['P4', 'P5', 'P11'],
  resource: 'compute',
  params: {
    task: param(Schema.Literals(['classes', 'findings']), {
      default: 'classes' as const,
      doc: 'what is learned: the one class of each film (wire labels), or which findings it has (wire findings)',
    }),
    only: param(Schema.Array(Schema.String), {
      default: [],
      doc: 'classes or findings to learn; films of other classes are left out; empty: all',
    }),
    balance: param(Schema.Literals(['weights', 'none']), {
      default: 'weights' as const,
      doc: 'whether each class, or each finding’s yes and no, weighs the same in the loss however many films it has',
    }),
    size: param(Schema.Int.check(Schema.isBetween({ minimum: 32, maximum: 256 })), {
      default: 64,
      doc: 'side of the films that the network sees, pixels; others are area-averaged to it',
    }),
    width: param(count, {
      default: 16,
      doc: 'channels of the first block, doubled from block to block up to 16 times',
    }),
    dropout: param(Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 0.9 })), {
      default: 0.2,
      doc: 'dropout before the last layer',
    }),
    steps: param(count, { default: 1000, doc: 'training steps' }),
    batch: param(Schema.Int.check(Schema.isBetween({ minimum: 2, maximum: 256 })), {
      default: 32,
      doc: 'films a step',
    }),
    learningRate: param(Schema.Finite.check(Schema.isGreaterThan(0)), {
      default: 3e-3,
      doc: 'top of Adam’s one-cycle schedule',
    }),
    weightDecay: param(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)), {
      default: 1e-4,
      doc: 'L2 in the gradient',
      source: 'paper',
      row: 'D5',
    }),
    augmentation: param(Schema.Number.check(Schema.isBetween({ minimum: 0, maximum: 3 })), {
      default: 1,
      doc: 'strength of shift, brightness and contrast; 0 is none',
    }),
    checks: param(count, {
      default: 10,
      doc: 'looks at the validation films, evenly spaced; the network of the lowest loss is kept',
    }),
    replica: param(Schema.Int, { default: 0, doc: 'another seed for the same fit, such as that of a judge' }),
  },
  inputs: {
    films: Films,
    split: Split,
    cohort: Cohort,
    /** wired where task is classes */
    labels: optional(Labels),
    /** wired where task is findings */
    findings: optional(Findings),
  },
  outputs: { classifier: Network, curves: Series, provenance: Provenance },
  entry: Stage.entry(import.meta.url, './fitClassifier.run'),
})
