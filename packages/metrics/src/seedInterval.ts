/**
 * The interval of a mean over several training seeds, from two variances. Seeds are few, so resampling them says too little: with
 * five, the "95 %" of percentiles misses up to one time in seven, and no percentile passes the worst seed. Student's t counts
 * how little is known of their spread. `resamplePatients` gives it what it resampled.
 */
import { studentQuantile, studentTail } from './studentT.ts'
import { variance } from './variance.ts'

export interface SeedMeasure {
  /** d_s: the statistic of all patients and seed s alone, two or more */
  readonly bySeed: ArrayLike<number>
  /** mean over the seeds, each once, in resamples of patients */
  readonly replicates: Float64Array
  /** P, patients of whom something is counted */
  readonly patients: number
  readonly confidence: number
  readonly family: number
  /** where the statistic must lie; bounds are cut to it */
  readonly range: readonly [low: number, high: number]
}

/**
 * V_p = variance of the replicates, V_s = Σ(d_s − mean)² / (S − 1) / S, se = √(V_p + V_s), and degrees of freedom
 * (Welch 1947, Satterthwaite 1946) df = se⁴ / (V_s²/(S − 1) + V_p²/(P − 1)). With t(q) the q quantile of Student's t with df:
 * bounds = value ± t(1 − α/2m)·se for m = 1 and m = family, p = 2·P(T > |value|/se), and
 * smallest detectable = (t(1 − α/2·family) + t(.8))·se. What seeds and patients do together is in both variances, which
 * errs to the wide side.
 *
 * Where nothing varies se is 0 and tells nothing: bounds have no width, and p is no less than resamples could give.
 */
export const seedInterval = ({ bySeed, replicates, patients, confidence, family, range }: SeedMeasure) => {
  const each = Float64Array.from(bySeed)
  const S = each.length
  const value = each.reduce((sum, d) => sum + d, 0) / S
  const size = each.reduce((most, d) => Math.max(most, Math.abs(d)), Math.abs(value))
  const fromPatients = withoutRounding(variance(replicates), size)
  const fromSeeds = withoutRounding(variance(each), size) / S
  const total = fromPatients + fromSeeds
  const se = Math.sqrt(total)
  // one patient who counts has no variance that could be seen, so adds nothing here either
  const df = total ** 2 / (fromSeeds ** 2 / (S - 1) + (fromPatients === 0 ? 0 : fromPatients ** 2 / (patients - 1)))
  const alpha = 1 - confidence
  const t = (tail: number): number => (se === 0 ? 0 : studentQuantile(tail, df))
  const cut = (bound: number): number => Math.min(range[1], Math.max(range[0], bound))
  const bounds = (m: number): { low: number; high: number } => {
    const half = t(alpha / 2 / m) * se
    return { low: cut(value - half), high: cut(value + half) }
  }
  const leastP = value === 0 ? 1 : 2 / (1 + replicates.length)
  return {
    value,
    ...bounds(1),
    se,
    smallestDetectable: (t(alpha / 2 / family) + t(0.2)) * se,
    p: se === 0 ? leastP : 2 * studentTail(Math.abs(value) / se, df),
    simultaneous: bounds(family),
    sources: { patients: fromPatients, seeds: fromSeeds, df },
  }
}

/** Sums of equal numbers in another order differ in their last bits; that is no spread. */
const withoutRounding = (found: number, size: number): number => (found <= (1e-13 * size) ** 2 ? 0 : found)
