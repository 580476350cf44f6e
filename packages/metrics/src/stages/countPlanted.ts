// Whether planted copies were held back (P10), each under the name of the film that it shows, and films of other patients were not.
import { Schema } from 'effect'
import { Films, Metrics, param, Provenance, Stage, Table } from '@radiograft/pipeline'

export const countPlanted = Stage.make({
  name: 'count-planted',
  doc: 'What was planted, what block-copies held back and let through of it, and what the run exports, to shares with intervals.',
  rows: ['P10'],
  resource: 'light',
  pure: true,
  params: {
    mark: param(Schema.String, { default: 'synthetic-', doc: 'that `block-copies` puts before ids' }),
  },
  inputs: {
    /** of `plant-copies` */
    copies: Provenance,
    others: Provenance,
    /** of `block-copies` on the films with the planted ones among them */
    blocked: Table,
    passed: Films,
    /** of `block-copies` on the generated films alone: no planted film may be there */
    exported: Films,
    /** of `measure-memorisation` on the films with the planted ones among them: the rate at which near copies are called */
    metrics: Metrics,
  },
  outputs: { metrics: Metrics, planted: Table, verdicts: Table },
  entry: Stage.entry(import.meta.url, './countPlanted.run'),
})
