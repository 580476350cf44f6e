// Metrics in the order in which they are read: the arms of one metric side by side, then differences between arms, then
// what was measured once. Sorts and groups, computes nothing.
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'

/** Rows that are read together, drawn to one scale where their units match. */
export interface MetricGroup {
  /** heads the group: a metric, or an arm */
  readonly name: string
  readonly unit: string
  readonly rows: ReadonlyArray<MetricRow>
}

export interface MetricGroups {
  /** by metric: its arms */
  readonly arms: ReadonlyArray<MetricGroup>
  /** by metric: its differences */
  readonly differences: ReadonlyArray<MetricGroup>
  /** by arm: metrics that no other arm has */
  readonly single: ReadonlyArray<MetricGroup>
  /** `<arm>/<part>/<metric>` → the smallest difference that would be found */
  readonly detectable: ReadonlyMap<string, number>
}

// as `compare-arms` names what it adds beside each difference
export const DETECTABLE = '-smallest-detectable'

/** Key of a row in `detectable`. */
export const rowKey = ({ arm, part, metric }: MetricRow): string => JSON.stringify([arm, part, metric])

const grouped = (
  rows: ReadonlyArray<MetricRow>,
  nameOf: (row: MetricRow) => string,
  unitOf: (row: MetricRow) => string,
): ReadonlyArray<MetricGroup> => {
  const groups = new Map<string, MetricRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([nameOf(row), unitOf(row)])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].map((own) => ({ name: nameOf(own[0]!), unit: unitOf(own[0]!), rows: own }))
}

export const metricGroups = (metrics: ReadonlyArray<MetricRow>): MetricGroups => {
  const detectable = new Map<string, number>()
  const between: MetricRow[] = []
  const plain: MetricRow[] = []
  const keys = new Set(metrics.map(rowKey))
  for (const row of metrics) {
    const of = rowKey({ ...row, metric: row.metric.slice(0, -DETECTABLE.length) })
    if (row.metric.endsWith(DETECTABLE) && keys.has(of)) detectable.set(of, row.value)
    // how sure a difference is stands in the verdicts, not among the differences
    else if (row.arm.includes(BETWEEN) && /-(p|p-holm|simultaneous|seed-share)$/.test(row.metric)) continue
    else (row.arm.includes(BETWEEN) ? between : plain).push(row)
  }
  const byMetric = grouped(
    plain,
    (row) => row.metric,
    (row) => row.unit,
  )
  const shared = byMetric.filter((group) => new Set(group.rows.map((row) => row.arm)).size > 1)
  const alone = new Set(byMetric.filter((group) => !shared.includes(group)).flatMap((group) => group.rows))
  return {
    arms: shared,
    differences: grouped(
      between,
      (row) => row.metric,
      (row) => row.unit,
    ),
    // in the order of the input, which a filter of it keeps
    single: grouped(
      plain.filter((row) => alone.has(row)),
      (row) => row.arm,
      () => '',
    ),
    detectable,
  }
}
