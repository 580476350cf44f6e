// What leaves the machine of generated films: none that is a near copy of a training film, all marked as synthetic, with a data card.
import { Schema } from 'effect'
import { Films, many, Metrics, param, Provenance, Scores, Stage, Table } from '@radiograft/pipeline'

export const blockCopies = Stage.make({
  name: 'block-copies',
  doc: 'Generated films to those that may be exported: near copies are left out and named, the rest marked as synthetic, with a data card.',
  rows: ['P10'],
  resource: 'light',
  pure: true,
  params: {
    generator: param(Schema.String, { default: 'generator', doc: 'what made the films, in words, for the data card' }),
    mark: param(Schema.String.check(Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)), {
      default: 'synthetic-',
      doc: 'begins the id of every exported film',
    }),
  },
  inputs: {
    generated: Films,
    /** of `measure-memorisation` on the same films: which are near copies, and of what */
    scores: Scores,
    neighbours: Table,
    /** what the generator was fitted on: counted in the data card */
    provenance: many(Provenance),
    /** of `measure-memorisation` and others: their checks stand in the data card */
    metrics: many(Metrics),
  },
  outputs: { exported: Films, blocked: Table, card: Table },
  entry: Stage.entry(import.meta.url, './blockCopies.run'),
})
