// metrics.json: every metric of a run by `<arm>/<part>/<metric>`, keys sorted, what cannot be given as null. Made from the
// artefacts alone, so that it is equal byte for byte whenever it is written again.
import type { MetricRow } from '@radiograft/pipeline'

export interface MetricRecord {
  readonly value: number | null
  /** 95 % interval */
  readonly low: number | null
  readonly high: number | null
  readonly n: number
  readonly unit: string
}
export type MetricsRecord = Readonly<Record<string, MetricRecord>>

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Two metrics of one name are both kept, the later one as `<name>#2`. */
export const metricsRecord = (rows: ReadonlyArray<MetricRow>): MetricsRecord => {
  const named = new Map<string, MetricRecord>()
  for (const { arm, part, metric, value, low, high, n, unit } of rows) {
    const name = `${arm}/${part}/${metric}`
    let free = name
    for (let i = 2; named.has(free); i++) free = `${name}#${i}`
    named.set(free, { value: finite(value), low: finite(low), high: finite(high), n, unit })
  }
  return Object.fromEntries([...named].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

/** The text of the file. */
export const metricsJson = (rows: ReadonlyArray<MetricRow>): string =>
  `${JSON.stringify(metricsRecord(rows), undefined, 2)}\n`
