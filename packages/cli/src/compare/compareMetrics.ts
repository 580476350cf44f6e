// The metrics of two runs, paired film by film where both have the films' scores, and side by side where not.
import { UnknownNameError } from '@radiograft/pipeline'
import type { OpenRun } from '../open/openRun.ts'
import type { MetricRecord, MetricsRecord } from '../results/metricsRecord.ts'
import { isResolution } from './isResolution.ts'
import { metricsCommands } from './metricsCommands.ts'
import type { RunComparison } from './metricsCommands.ts'
import { scoredArms } from './scoredArms.ts'

export interface RunMetrics {
  readonly comparison: RunComparison
  /** in metrics.json of both, without a score a film of both */
  readonly unpaired: ReadonlyArray<{ readonly name: string; readonly a: MetricRecord; readonly b: MetricRecord }>
  /** names that one run's metrics.json alone has */
  readonly onlyA: ReadonlyArray<string>
  readonly onlyB: ReadonlyArray<string>
  /** no arm of either run was trained with several seeds */
  readonly oneSeed: boolean
  /** arms that no model is behind, in either run */
  readonly noModel: ReadonlyArray<string>
}

const metricOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

export interface CompareOptions {
  /** metrics by their name, or by `<arm>/<part>/<name>`; all where none is given */
  readonly metrics: ReadonlyArray<string>
  readonly resamples?: number
}

/** Rejects with `UnknownNameError` for a metric that neither run has. */
export const compareMetrics = async (
  a: OpenRun,
  b: OpenRun,
  { metrics, resamples }: CompareOptions,
): Promise<RunMetrics> => {
  const commands = await metricsCommands()
  const [armsA, armsB] = [await scoredArms(a, commands), await scoredArms(b, commands)]
  const [inA, inB]: readonly [MetricsRecord, MetricsRecord] = [a.metrics() ?? {}, b.metrics() ?? {}]
  const wanted = (arm: string, part: string, metric: string): boolean =>
    metrics.length === 0 || metrics.includes(metric) || metrics.includes(`${arm}/${part}/${metric}`)
  const all = commands.compareRuns(armsA, armsB, {
    ...(resamples !== undefined && { resamples }),
    ...(metrics.length > 0 && { metrics: metrics.map(metricOf) }),
  })
  const comparison = { ...all, paired: all.paired.filter(({ arm, metric }) => wanted(arm, 'test', metric)) }
  const named = [...new Set([...Object.keys(inA), ...Object.keys(inB)])].filter((name) => !isResolution(name))
  const known = new Set([
    ...named.flatMap((name) => [name, metricOf(name)]),
    ...[...armsA, ...armsB].flatMap(({ parts }) => parts.flatMap(({ rows }) => rows.map((row) => row.metric))),
    ...all.paired.map(({ arm, metric }) => `${arm}/test/${metric}`),
  ])
  for (const metric of metrics)
    if (!known.has(metric)) {
      // every metric once, in the form in which it was asked for
      const whole = metric.includes('/')
      const names = [...known].filter((name) => name.includes('/') === whole)
      throw new UnknownNameError('metric', metric, names)
    }
  const isPaired = new Set(comparison.paired.map(({ arm, metric }) => `${arm}/test/${metric}`))
  const chosen = named.filter(
    (name) => metrics.length === 0 || metrics.includes(name) || metrics.includes(metricOf(name)),
  )
  return {
    comparison,
    unpaired: chosen
      .filter((name) => name in inA && name in inB && !isPaired.has(name))
      .map((name) => ({ name, a: inA[name]!, b: inB[name]! })),
    onlyA: chosen.filter((name) => !(name in inB)),
    onlyB: chosen.filter((name) => !(name in inA)),
    noModel: armsA
      .map(({ arm }) => arm)
      .filter((arm) => [...armsA, ...armsB].every((one) => one.arm !== arm || one.parts.every(({ model }) => !model))),
    oneSeed: all.films.every(({ replicas }) => replicas.every((n) => n <= 1)),
  }
}
