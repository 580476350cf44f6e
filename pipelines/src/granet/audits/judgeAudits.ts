// What may be wrong with this run, in one table: each audit of G16 with its figure, its rule, a verdict, and what to do.
import { many, Metrics, optional, Pairs, Provenance, Films, Split, Stage, Table } from '@radiograft/pipeline'

export const judgeAudits = Stage.make({
  name: 'judge-audits',
  doc: 'Metrics, provenance and donors to a table of audits: quiet, alarm, or cannot tell.',
  rows: ['G16', 'G22', 'G29', 'G32'],
  resource: 'light',
  pure: true,
  params: {},
  inputs: {
    /** of `measure-pseudo-normal` and `paste-forensics`; others pass unseen */
    metrics: many(Metrics),
    provenance: many(Provenance),
    split: Split,
    /** of `nearest-normal` */
    pairs: optional(Pairs),
    /** grafted films that a detector is trained on; only their ids are read */
    synthetic: optional(Films),
  },
  outputs: { audits: Table },
  entry: Stage.entry(import.meta.url, './judgeAudits.run'),
})
