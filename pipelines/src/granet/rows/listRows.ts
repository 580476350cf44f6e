// The acceptance list of GRANet beside this run: rows G1 to G35, a line each, with our figure and the paper's, or why there is
// none yet.
import { Schema } from 'effect'
import { Boxes, Cohort, Labels, many, Metrics, optional, Pairs, param, Split, Stage, Table } from '@radiograft/pipeline'

const value = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])

export const listRows = Stage.make({
  name: 'list-rows',
  doc: 'Metrics, counts and settings of a run to the acceptance list: what the paper says, what was done, and both figures.',
  rows: ['G1', 'G2', 'G29', 'G31', 'G35'],
  resource: 'light',
  pure: true,
  params: {
    settings: param(Schema.Record(Schema.String, Schema.Array(value)), {
      default: {},
      doc: 'values that the stages of the run have, several where arms differ (`settingsOf`)',
    }),
    notBuilt: param(Schema.Array(Schema.Struct({ row: Schema.String, what: Schema.String })), {
      default: [],
      doc: 'rows that the pipeline does not have, and what is lacking',
    }),
    films: param(Schema.Literals(['phantom', 'real']), {
      default: 'phantom' as const,
      doc: 'whether the films are rendered or real',
    }),
    seeds: param(Schema.Int, { default: 1, doc: 'training seeds behind each figure' }),
  },
  inputs: {
    metrics: many(Metrics),
    cohort: Cohort,
    labels: Labels,
    /** in the frame of the films as they were read */
    boxes: Boxes,
    split: Split,
    /** of `nearest-normal` (G7) */
    nearest: Pairs,
    /** of `nearest-abnormal` (G22, G31), where an arm adds films */
    lent: optional(Pairs),
  },
  outputs: { rows: Table },
  entry: Stage.entry(import.meta.url, './listRows.run'),
})
