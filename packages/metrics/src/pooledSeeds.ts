/**
 * One figure of several training seeds, from the figures and intervals of each. `seedInterval` does this from resamples that all seeds
 * share; measures of generated films give a figure with its bounds and no more, so what the seeds share is not known here and is
 * taken to be all of it.
 */
import { MetricError } from './MetricError.ts'
import { studentQuantile } from './studentT.ts'
import { variance } from './variance.ts'

export interface SeedFigure {
  readonly value: number
  /** 95 % bounds of this seed's figure, over patients and generated films; NaN where there are none */
  readonly low: number
  readonly high: number
}

/**
 * value = mean of the seeds' values d_s. Each bound lies t(.975; df)·se from it, cut to the range, with
 *
 *   se² = V_p + V_s,  V_p = (mean over seeds of reach_s / 1.96)²,  V_s = Σ(d_s − value)² / (S − 1) / S,  df = se⁴ / (V_s² / (S − 1)),
 *
 * reach_s = high − d_s for the upper bound and d_s − low for the lower: exact bounds of a share of 0 or 1 have one side only.
 *
 * V_p is the variance of the mean if patients move the figures of all seeds alike, the most that it can be; what films of a seed move by
 * chance is in V_s as well. Both err to the wide side. Figures without bounds have V_s alone.
 * @param range where the figure lies by its definition @default unbounded
 * @returns NaN bounds where there is nothing to tell them by: no bounds and one value
 * @throws MetricError when there are fewer than two seeds
 */
export const pooledSeeds = (
  seeds: ReadonlyArray<SeedFigure>,
  [least, most]: readonly [low: number, high: number] = [-Infinity, Infinity],
): SeedFigure => {
  const S = seeds.length
  if (S < 2) throw new MetricError('seeds', `${S} have no spread: give two or more`)
  const each = Float64Array.from(seeds, ({ value }) => value)
  const value = each.reduce((sum, d) => sum + d, 0) / S
  const bounded = seeds.every(({ low, high }) => Number.isFinite(high - low))
  const fromSeeds = variance(each) / S
  /** From the value to its bound on one side, of the mean over seeds. */
  const reach = (ofSeed: (seed: SeedFigure) => number): number => {
    const fromPatients = bounded ? (seeds.reduce((sum, seed) => sum + ofSeed(seed), 0) / S / NORMAL) ** 2 : 0
    const total = fromPatients + fromSeeds
    if (!(total > 0)) return 0
    return studentQuantile(0.025, Math.min(MANY, total ** 2 / (fromSeeds ** 2 / (S - 1)))) * Math.sqrt(total)
  }
  const [below, above] = [reach((seed) => seed.value - seed.low), reach((seed) => seed.high - seed.value)]
  if (below === 0 && above === 0) return { value, low: NaN, high: NaN }
  const cut = (bound: number): number => Math.min(most, Math.max(least, bound))
  return { value, low: cut(value - below), high: cut(value + above) }
}

/** Degrees of freedom with which Student's t is the normal distribution. */
const MANY = 1e9

/** The .975 quantile of the normal distribution. */
const NORMAL = 1.959963984540054
