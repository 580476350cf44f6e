// Alarms on the curves of a finished or interrupted GAN training: saturation of the critic, collapse, checkerboard.
import { Schema } from 'effect'
import { Metrics, param, Series, Stage, Table } from '@radiograft/pipeline'

const seriesName = (fallback: string, doc: string) => param(Schema.String, { default: fallback, doc: `series: ${doc}` })
const window = (fallback: number, doc: string) =>
  param(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 })), { default: fallback, doc })

export const judgeTraining = Stage.make({
  name: 'judge-training',
  doc: 'Curves of a GAN training to alarms (saturation, collapse, checkerboard) with the last good step of each.',
  rows: ['P8'],
  resource: 'light',
  pure: true,
  params: {
    arm: param(Schema.String, { default: 'generator', doc: 'the generator, in the rows of metrics' }),
    separation: seriesName('validation.separation', 'share of (real, generated) pairs that the critic tells apart'),
    generatorGradNorm: seriesName('gradNorm', "norm of the generator's gradient"),
    diversity: seriesName('validation.diversity', 'how much generated films differ, more is more'),
    recall: seriesName('validation.recall', 'recall of real films by generated ones'),
    realDiversity: seriesName('validation.realDiversity', 'diversity of real films at equal numbers'),
    realRecall: seriesName('validation.realRecall', 'recall of the same real films by other real ones'),
    checkerboardPeak: seriesName('validation.checkerboardPeak', "peak of generated films' checkerboard energy"),
    checkerboardRms: seriesName('validation.checkerboardRms', 'its root mean square, films in [0, 1]'),
    realPeak: seriesName('validation.realPeak', 'the peak of real films'),
    saturationWindow: window(5, 'logs in a row that must agree before the critic is called saturated'),
    collapseWindow: window(3, 'logs in a row that must agree before the generator is called collapsed'),
    checkerboardWindow: window(3, 'logs in a row that must show a checkerboard'),
    from: param(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)), {
      default: 0,
      doc: 'collapse and checkerboards are looked for from this step on: before it films are no films yet',
    }),
  },
  inputs: { curves: Series },
  outputs: { metrics: Metrics, alarms: Table },
  entry: Stage.entry(import.meta.url, './judgeTraining.run'),
})
