/**
 * The rows that say how arms compare: a mean with its interval; a difference with its interval, the smallest that would have
 * been found, and, for the metrics that are tested, p as it is and corrected for the number of contrasts, and which share of the
 * uncertainty is the seeds'.
 */
import { holm } from './holm.ts'
import type { BootstrapOptions, Interval } from './resamplePatients.ts'

export interface Comparison {
  /** the arm, or `a − b` for a difference */
  readonly arm: string
  readonly metric: string
  readonly value: number
  readonly low: number
  readonly high: number
  /** films counted, in either arm for a difference; the mean over seeds, rounded */
  readonly n: number
}

export interface ComparisonOptions extends BootstrapOptions {
  /**
   * Metrics whose differences get rows more: `<metric>-p`, `<metric>-p-holm` (Holm's, over all contrasts of the metric) and
   * `<metric>-simultaneous` (the difference with bounds that hold for all these contrasts together, Bonferroni's); with several seeds
   * `<metric>-seed-share`, V_s / se² of `seedInterval`, which `filmsToTell` asks for. Their `<metric>-smallest-detectable` is by the
   * simultaneous bounds (several seeds), that of others by the 95 % ones.
   * @default none
   */
  readonly tested?: ReadonlyArray<string>
}

/** What a bootstrap found of one arm or one contrast. */
export interface Found {
  readonly arm: string
  readonly metric: string
  readonly interval: Interval
  readonly n: number
}

/** `a − b`, the arm of a difference */
export const BETWEEN = ' − '

export const meanRow = ({ arm, metric, interval: { value, low, high }, n }: Found): Comparison => ({
  arm,
  metric,
  value,
  low,
  high,
  n,
})

/** Options of each difference's bootstrap: a tested metric's simultaneous bounds are those of `contrasts` contrasts. */
export const inFamily = (
  { tested = [], ...options }: ComparisonOptions,
  metric: string,
  contrasts: number,
): BootstrapOptions => ({ ...options, family: tested.includes(metric) ? Math.max(1, contrasts) : 1 })

/** Means of shares, by the metric's name: they lie in [0, 1]. Of any other metric nothing is known. */
export const rangeOf = (metric: string): BootstrapOptions =>
  /^(ap|auc|false-alarm-rate|sensitivity|specificity)(-|$)/.test(metric) ? { range: [0, 1] } : {}

export const differenceRows = (
  found: ReadonlyArray<Found>,
  tested: ReadonlyArray<string> = [],
): ReadonlyArray<Comparison> => {
  const corrected = new Map(
    tested.map((metric) => {
      const family = found.filter((one) => one.metric === metric)
      const adjusted = holm(family.map(({ interval }) => interval.p))
      return [metric, new Map(family.map((one, i) => [one.arm, adjusted[i]!]))]
    }),
  )
  return found.flatMap((one) => {
    const { arm, metric, interval, n } = one
    const number = (suffix: string, value: number): Comparison => ({
      arm,
      metric: `${metric}-${suffix}`,
      value,
      low: NaN,
      high: NaN,
      n,
    })
    const holmed = corrected.get(metric)?.get(arm)
    return [
      meanRow(one),
      number('smallest-detectable', interval.smallestDetectable),
      ...(holmed === undefined
        ? []
        : [
            number('p', interval.p),
            number('p-holm', holmed),
            { ...meanRow(one), metric: `${metric}-simultaneous`, ...interval.simultaneous },
            ...(interval.sources && interval.se > 0
              ? [number('seed-share', interval.sources.seeds / interval.se ** 2)]
              : []),
          ]),
    ]
  })
}
