// Sets every claim on generated films beside our figure and gives one verdict a claim: holds, fails, or cannot tell.
import { Schema } from 'effect'
import { many, Metrics, param, Stage, Table } from '@radiograft/pipeline'

export const judgeGeneration = Stage.make({
  name: 'judge-generation',
  doc: 'Verdicts on what is claimed of generated films, from our figures.',
  rows: ['P1', 'P2', 'P3', 'P4', 'P5', 'P9', 'P10', 'P11'],
  resource: 'light',
  pure: true,
  params: {
    seeds: param(Schema.Int, { default: 1, doc: 'training seeds; one cannot tell two ways of training apart' }),
  },
  inputs: {
    metrics: many(Metrics),
    /** `verdicts` of `measure-shares`, one a seed, and of the controls */
    said: many(Table),
  },
  outputs: { verdicts: Table },
  entry: Stage.entry(import.meta.url, './judgeGeneration.run'),
})
