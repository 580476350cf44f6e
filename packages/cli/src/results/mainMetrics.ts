// The few metrics that a run prints at its end: of the first metrics that the pipeline answers, those of the test part that
// most arms share, the ones first that others are variants of (`ap` before `ap-positives`).
import type { MetricRow } from '@radiograft/pipeline'

/** At most so many rows, a metric's rows all or none; the rows of one metric if even they are more. */
export const mainMetrics = (
  metrics: ReadonlyArray<ReadonlyArray<MetricRow>>,
  most: number,
): ReadonlyArray<MetricRow> => {
  const first = metrics.find((rows) => rows.length > 0) ?? []
  const test = first.filter(({ part }) => part === 'test')
  const rows = test.length > 0 ? test : first
  const names = [...new Set(rows.map(({ metric }) => metric))]
  const arms = (name: string): number => rows.filter(({ metric }) => metric === name).length
  const variants = (name: string): number => names.filter((other) => other.startsWith(`${name}-`)).length
  const ranked = names
    .map((name) => ({ name, arms: arms(name), variants: variants(name) }))
    .toSorted((a, b) => b.arms - a.arms || b.variants - a.variants)
  const chosen = new Set<string>()
  let count = 0
  for (const { name, arms } of ranked) {
    if (count + arms > most) break
    chosen.add(name)
    count += arms
  }
  const shown = chosen.size > 0 ? chosen : new Set(ranked.slice(0, 1).map(({ name }) => name))
  return rows.filter(({ metric }) => shown.has(metric)).slice(0, most)
}
