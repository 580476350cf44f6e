// Metric rows as the rows of a forest plot: arms with their values, and paired differences between arms. The paper's figures
// stand beside ours where it prints one for the same arm.
import type { ForestRow } from '@radiograft/figures'
import { BETWEEN, type MetricRow } from '@radiograft/pipeline'
import { armNames, contrasts, mainArms } from './arms.ts'
import { claims, paperAp } from './claims.ts'

const mains: ReadonlySet<string> = new Set(mainArms)
/** What stands in no list comes last, in the order of the rows. */
const rank: ReadonlyMap<string, number> = new Map([...armNames, ...contrasts].map((arm, i) => [arm, i]))

/** Our arms, by the paper's row of Table 1. All our films are aligned, so the plain detector is its `+align`. */
const paperRow: Readonly<Record<string, string>> = { plain: '+align (G24)', attention: '+align,attn (G24)' }
/** Table 1 is in this metric. */
const PAPER_METRIC = 'ap-rsna-0.40:0.75'

const metricLabel = (metric: string): string => metric.replace(/^ap-rsna-/, 'AP ').replace('-noFN', ' without FN')

export interface Forest {
  /** arms in the primary metric, then the main arms in the others */
  readonly values: ReadonlyArray<ForestRow>
  /** differences in the primary metric, then those between main arms in the others */
  readonly differences: ReadonlyArray<ForestRow>
}

/** What an arm is there to show, said above the first of its kind: the part of its name before the colon or the at sign. */
const groupOf = (arm: string): string => {
  const [first = '', second = ''] = arm.split(BETWEEN)
  const kinds = [first, second].map((name) => /^(attention|synthesis|schedule):/.exec(name)?.[1] ?? '')
  if (first.includes('@')) return 'few positive films'
  if ([first, second].some((name) => baselines.has(name))) return 'against baselines'
  if (first.endsWith(':by-film')) return 'split by film'
  if ([first, second].includes('unaligned')) return 'alignment'
  const kind = kinds.find((found) => found !== '')
  if (kind === 'schedule') return 'detector and generator in turn'
  return kind === undefined ? 'the question' : `what ${kind} is owed to`
}

const baselines: ReadonlySet<string> = new Set(['box-prior', 'brightness'])
/** Below that many rows of a metric, headings would say less than they take room. */
const FEW = 6

/**
 * Every arm and difference in the primary metric; in the others those of the main arms alone, or 36 arms would be four times
 * as many rows, of which none decides anything.
 * @param rows metrics of the run; only those of the test part and of `metrics` are taken
 * @param metrics in the order in which they are drawn, the primary one first and bold
 */
export const forestOfMetrics = (rows: ReadonlyArray<MetricRow>, metrics: ReadonlyArray<string>): Forest => {
  const isMain = ({ arm }: MetricRow): boolean => arm.split(BETWEEN).every((name) => mains.has(name))
  const wanted = metrics.map((metric) =>
    rows.filter(
      (row) =>
        row.part === 'test' &&
        row.metric === metric &&
        Number.isFinite(row.value) &&
        (metric === metrics[0] || isMain(row)),
    ),
  )
  const many = (wanted[0]?.length ?? 0) > 2 * FEW
  const draw = (row: MetricRow, reference: number | null | undefined, heading: string): ForestRow => {
    const known = Number.isFinite(row.low) && Number.isFinite(row.high)
    // where rows are many a heading names the metric, and labels fit one line
    const label = many ? row.arm : `${row.arm}, ${metricLabel(row.metric)}`
    return {
      label,
      value: row.value,
      ...(known ? { low: row.low, high: row.high } : {}),
      ...(reference === null || reference === undefined ? {} : { reference }),
      n: row.n,
      primary: row.metric === metrics[0] && (!many || isMain(row)),
      ...(many && heading !== '' ? { heading } : {}),
    }
  }
  const paperValue = ({ arm, metric }: MetricRow): number | undefined =>
    metric === PAPER_METRIC ? paperAp.find(({ label }) => label === paperRow[arm])?.value : undefined
  const paperGap = ({ arm, metric }: MetricRow): number | null | undefined =>
    claims.find(({ contrast }) => contrast?.arm === arm && contrast.metric === metric)?.paperGap
  const drawn = (difference: boolean, paper: typeof paperGap): ReadonlyArray<ForestRow> =>
    wanted.flatMap((of) => {
      const rankOf = ({ arm }: MetricRow): number => rank.get(arm) ?? rank.size
      const own = of.filter(({ arm }) => arm.includes(BETWEEN) === difference).toSorted((a, b) => rankOf(a) - rankOf(b))
      const nameOf = ({ arm, metric }: MetricRow): string => `${metricLabel(metric)}: ${groupOf(arm)}`
      // a group stands where its first row does; within it the order stays
      return [...new Set(own.map(nameOf))].flatMap((name) =>
        own.filter((row) => nameOf(row) === name).map((row, i) => draw(row, paper(row), i === 0 ? name : '')),
      )
    })
  return { values: drawn(false, paperValue), differences: drawn(true, paperGap) }
}
