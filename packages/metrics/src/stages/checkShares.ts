// Whether `measure-shares` finds what is known of a set: its shares, and that a class is not there. A verdict on the measure, not on a generator;
// of a generator that a class was kept from, on both.
import { Schema } from 'effect'
import { many, Metrics, optional, param, Stage, Table } from '@radiograft/pipeline'

export const checkShares = Stage.make({
  name: 'check-shares',
  doc: 'Shares that measure-shares found beside those that are known: which lie within their bounds, and whether an absent class is missing.',
  rows: ['P4', 'P11'],
  resource: 'light',
  pure: true,
  params: {
    absent: param(Schema.String, {
      default: '',
      doc: 'class that the sets of `arms` have no film of; empty: none is asked for',
    }),
    arms: param(Schema.Array(Schema.String), { default: [], doc: 'sets without the class `absent`' }),
  },
  inputs: {
    /** of `measure-shares` on the sets, one artefact or one a seed */
    metrics: many(Metrics),
    /** of `mix-classes` */
    known: optional(Metrics),
  },
  outputs: { metrics: Metrics, recovered: Table, verdicts: Table },
  entry: Stage.entry(import.meta.url, './checkShares.run'),
})
