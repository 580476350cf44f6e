// The acceptance list of the chest-film PGGAN beside this run: rows P1 to P11, a line each, with our figure and the paper's, or why
// there is none yet.
import { Schema } from 'effect'
import { Cohort, Labels, many, Metrics, param, Split, Stage, Table } from '@radiograft/pipeline'

const value = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])

export const listGenerationRows = Stage.make({
  name: 'list-generation-rows',
  doc: 'Metrics, counts and settings of a run to rows P1 to P11: what the paper says, what was done, and both figures.',
  rows: ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'P10', 'P11'],
  resource: 'light',
  pure: true,
  params: {
    settings: param(Schema.Record(Schema.String, Schema.Array(value)), {
      default: {},
      doc: 'values that the stages of the run have, several where seeds differ (`settingsOf`)',
    }),
    films: param(Schema.Literals(['phantom', 'real']), {
      default: 'phantom' as const,
      doc: 'whether the films are rendered or real',
    }),
    seeds: param(Schema.Int, { default: 1, doc: 'training seeds of the run; figures are means of them' }),
  },
  inputs: { metrics: many(Metrics), cohort: Cohort, labels: Labels, split: Split },
  outputs: { rows: Table },
  entry: Stage.entry(import.meta.url, './listGenerationRows.run'),
})
