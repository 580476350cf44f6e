// Metric rows as the rows of a forest plot: arms with their values, and paired differences between arms. The paper's figures
// stand beside ours where it prints one for the same arm.
import type { ForestRow } from '@radiograft/figures'
import type { MetricRow } from '@radiograft/pipeline'
import { claims, paperAp } from './claims.ts'

/** Our arms, by the paper's row of Table 1. All our films are aligned, so the plain detector is its `+align`. */
const paperRow: Readonly<Record<string, string>> = { plain: '+align (G24)', attention: '+align,attn (G24)' }
/** Table 1 is in this metric. */
const PAPER_METRIC = 'ap-rsna-0.40:0.75'

const metricLabel = (metric: string): string => metric.replace(/^ap-rsna-/, 'AP ').replace('-noFN', ' without FN')

export interface Forest {
  readonly values: ReadonlyArray<ForestRow>
  readonly differences: ReadonlyArray<ForestRow>
}

/**
 * @param rows metrics of the run; only those of the test part and of `metrics` are taken
 * @param metrics in the order in which they are drawn, the primary one first and bold
 */
export const forestOfMetrics = (rows: ReadonlyArray<MetricRow>, metrics: ReadonlyArray<string>): Forest => {
  const wanted = metrics.flatMap((metric) => rows.filter((row) => row.part === 'test' && row.metric === metric))
  const isDifference = (row: MetricRow): boolean => row.arm.includes(' − ')
  const draw = (row: MetricRow, reference: number | null | undefined): ForestRow[] => {
    if (!Number.isFinite(row.value)) return []
    const known = Number.isFinite(row.low) && Number.isFinite(row.high)
    return [
      {
        label: `${row.arm}, ${metricLabel(row.metric)}`,
        value: row.value,
        ...(known ? { low: row.low, high: row.high } : {}),
        ...(reference === null || reference === undefined ? {} : { reference }),
        n: row.n,
        primary: row.metric === metrics[0],
      },
    ]
  }
  const paperValue = ({ arm, metric }: MetricRow): number | undefined =>
    metric === PAPER_METRIC ? paperAp.find(({ label }) => label === paperRow[arm])?.value : undefined
  const paperGap = ({ arm, metric }: MetricRow): number | null | undefined =>
    claims.find(({ contrast }) => contrast?.arm === arm && contrast.metric === metric)?.paperGap
  return {
    values: wanted.filter((row) => !isDifference(row)).flatMap((row) => draw(row, paperValue(row))),
    differences: wanted.filter(isDifference).flatMap((row) => draw(row, paperGap(row))),
  }
}
