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
    /**
     * of products whose training part is the one of `split`: of the cells of its fold alone, and of no arm that is split by
     * film. Where each fold is the test part of its own round, another fold’s products are trained on this one’s test patients,
     * as they should be, and would be an alarm here
     */
    provenance: many(Provenance),
    /** whose test part is held against all that was seen */
    split: Split,
    /** of `nearest-normal` */
    pairs: optional(Pairs),
    /** grafted films that a detector is trained on; only their ids are read */
    synthetic: optional(Films),
  },
  outputs: { audits: Table },
  entry: Stage.entry(import.meta.url, './judgeAudits.run'),
})
