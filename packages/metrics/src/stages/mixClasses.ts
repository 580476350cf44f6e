// Sets of known shares for `measure-shares`, of what a classifier says of films that it has not seen: a control that needs no generator.
import { Schema } from 'effect'
import { Findings, Labels, Metrics, optional, param, Predictions, Split, Stage } from '@radiograft/pipeline'

export const mixClasses = Stage.make({
  name: 'mix-classes',
  doc: 'Predictions of held-out films to two sets whose shares are known, one unlike the source and one without a class, and a split without their patients.',
  rows: ['P4', 'P11'],
  resource: 'light',
  pure: true,
  params: {
    share: param(Schema.Finite.check(Schema.isBetween({ minimum: 0.05, maximum: 0.95 })), {
      default: 0.5,
      doc: 'share of held-out patients that the sets are made of, one film each; the others stay the source',
    }),
    without: param(Schema.String, {
      default: '',
      doc: 'class, or finding where they are wired, that one set lacks; empty: the commonest of the positives',
    }),
  },
  inputs: {
    /** of the split's test films at least */
    predictions: Predictions,
    labels: Labels,
    /** true findings; where wired the sets are of one finding, there or not */
    findings: optional(Findings),
    split: Split,
  },
  outputs: {
    /** arm `mix-unlike` */
    unlike: Predictions,
    /** arm `mix-without` */
    without: Predictions,
    /** patients of the sets are in no part: the source that the sets stand beside shares no film with them */
    split: Split,
    /** `known-share-<class>` of both arms; a set without films has none */
    known: Metrics,
  },
  entry: Stage.entry(import.meta.url, './mixClasses.run'),
})
