// Entry of `judge-training`. An alarm whose series were not logged is not judged, and the table names what is wanting.
import { type MetricRow, metricRow, type RunOf, type SeriesRow } from '@radiograft/pipeline'
import type { Alarm } from '../alarms/Alarm.ts'
import { checkerboarded } from '../alarms/checkerboarded.ts'
import { collapsed } from '../alarms/collapsed.ts'
import { criticSaturation } from '../alarms/criticSaturation.ts'
import { attempt } from './attempt.ts'
import { joinedSeries, type Joined } from './joinedSeries.ts'
import type { judgeTraining } from './judgeTraining.ts'

export const run: RunOf<typeof judgeTraining> = ({ params, inputs, ctx }) => {
  const { curves } = inputs
  const { separation, generatorGradNorm, diversity, recall } = params
  const later = curves.filter(({ step }) => step >= params.from)
  const judged = {
    saturation: judge(curves, { separation, generatorGradNorm }, (log) =>
      criticSaturation(log, { window: params.saturationWindow }),
    ),
    collapse: beside(curves, { diversity: params.realDiversity, recall: params.realRecall }, (real) =>
      judge(later, { diversity, recall }, (log) => collapsed(log, real, { window: params.collapseWindow })),
    ),
    checkerboard: beside(curves, { peak: params.realPeak }, (real) =>
      judge(later, { peak: params.checkerboardPeak, rms: params.checkerboardRms }, (log) =>
        checkerboarded(log, real, { window: params.checkerboardWindow }),
      ),
    ),
  }
  const metrics: MetricRow[] = []
  const add = (metric: string, value: number, n: number): void =>
    void metrics.push(metricRow({ arm: params.arm, part: 'train', metric, value, n }))
  const cells = Object.entries(judged).map(([name, found]) => {
    if ('why' in found) return [name, 'not judged', null, 0, found.why]
    const { alarm, reasons, lastGood, logs } = found
    add(`alarm-${name}`, alarm ? 1 : 0, logs)
    if (lastGood !== null) add(`alarm-${name}-last-good-step`, lastGood, logs)
    if (alarm) ctx.warn(`${params.arm}: ${name}: ${reasons.join('; ')}`)
    return [name, alarm ? 'alarm' : 'no alarm', lastGood, logs, reasons.join('; ')]
  })
  return {
    metrics,
    alarms: {
      title: `Alarms of the training of ${params.arm}`,
      rows: 'P8',
      columns: ['alarm', 'state', 'last good step', 'logs', 'because'],
      cells,
      note: 'A last good step is the last logged one at which nothing was wrong yet: the checkpoint to go back to.',
    },
  }
}

type Judged = (Alarm & { readonly logs: number }) | { readonly why: string }

/** By the rule on the joined series; a number that is none is an alarm at once. */
const judge = <K extends string>(
  curves: ReadonlyArray<SeriesRow>,
  names: Readonly<Record<K, string>>,
  rule: (log: Joined<K>) => Alarm,
): Judged => {
  const joined = joinedSeries(curves, names)
  if ('missing' in joined) return { why: wanting(joined.missing) }
  const { log } = joined
  const broken = log.findIndex((entry) => Object.values(entry).some(Number.isNaN))
  if (broken >= 0)
    return {
      alarm: true,
      reasons: [`at step ${log[broken]!.step} a logged number is none`],
      lastGood: log[broken - 1]?.step ?? null,
      logs: log.length,
    }
  const found = attempt(() => rule(log))
  return 'why' in found ? found : { ...found.taken, logs: log.length }
}

/** With the newest values of real films. */
const beside = <K extends string>(
  curves: ReadonlyArray<SeriesRow>,
  names: Readonly<Record<K, string>>,
  judged: (real: Readonly<Record<K, number>>) => Judged,
): Judged => {
  const real = joinedSeries(curves, names)
  if ('missing' in real) return { why: wanting(real.missing) }
  const newest = real.log.at(-1)
  return newest ? judged(newest) : { why: 'real films have no common step' }
}

const wanting = (missing: ReadonlyArray<string>): string => `no series ${missing.join(', ')} was logged`
