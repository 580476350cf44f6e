// The few metrics of metrics.json that `show` prints, chosen as the end of a run chooses them.
import { mainMetrics } from '../results/mainMetrics.ts'
import type { MetricsRecord } from '../results/metricsRecord.ts'

export const mainOfRecord = (metrics: MetricsRecord, most: number): MetricsRecord => {
  const rows = Object.entries(metrics).map(([name, { value, low, high, n, unit }]) => {
    const [, arm = '', part = '', metric = name] = /^(.*)\/([^/]*)\/([^/]*)$/.exec(name) ?? []
    return { arm, part, metric, value: value ?? NaN, low: low ?? NaN, high: high ?? NaN, n, unit }
  })
  const main = mainMetrics([rows], most)
  return Object.fromEntries(Object.entries(metrics).filter((_, i) => main.includes(rows[i]!)))
}
