// The few metrics that a run prints at its end: of the first metrics that the pipeline answers, those of the test part that
// most arms share, the ones first that others are variants of (`ap` before `ap-positives`).
import { BETWEEN, type MetricRow, type Table } from '@radiograft/pipeline'

/** Both sides of every difference that a claim rests on, then these differences, each once. */
const claimed = (tables: ReadonlyArray<Table>): ReadonlyArray<string> => {
  const differences = tables.flatMap(({ columns, cells }) => {
    const at = columns.indexOf('arm')
    return at < 0 || !columns.includes('claim')
      ? []
      : cells.map((row) => String(row[at] ?? '')).filter((arm) => arm !== '')
  })
  const sides = differences.flatMap((arm) => arm.split(BETWEEN).toReversed())
  return [...new Set([...sides, ...differences])]
}

/**
 * At most so many rows, a metric's rows all or none. Where even those of one metric are more: what the claims are about first.
 * @param tables among them that of the claims, if there is one
 */
export const mainMetrics = (
  metrics: ReadonlyArray<ReadonlyArray<MetricRow>>,
  most: number,
  tables: ReadonlyArray<Table> = [],
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
  if (chosen.size > 0) return rows.filter(({ metric }) => chosen.has(metric))
  const rank = new Map(claimed(tables).map((arm, i) => [arm, i]))
  return rows
    .filter(({ metric }) => metric === ranked[0]?.name)
    .toSorted((a, b) => (rank.get(a.arm) ?? Infinity) - (rank.get(b.arm) ?? Infinity) || 0)
    .slice(0, most)
}
