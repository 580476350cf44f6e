/**
 * The bootstrap under every interval of this package: patients drawn with replacement, a statistic of the weights computed
 * anew. With one training seed its percentiles are the interval; with several `seedInterval` joins their spread to it. `patientBootstrap` gives it means, `cocoBootstrap` curves, `aucBootstrap` pairs. Deterministic in its generator.
 */
import type { Rng } from '@radiograft/random'
import { drawPatients } from './drawPatients.ts'
import { MetricError } from './MetricError.ts'
import { percentileInterval } from './percentileInterval.ts'
import { seedInterval } from './seedInterval.ts'

export interface BootstrapOptions {
  /** resamples @default 2000 */
  readonly resamples?: number
  /** coverage of the interval @default 0.95 */
  readonly confidence?: number
  /** how many intervals are to hold together: `simultaneous` has coverage 1 − (1 − confidence)/family (Bonferroni) @default 1 */
  readonly family?: number
  /**
   * Where the statistic lies by its definition, as an AP in [0, 1]. Bounds by Student's t are cut to it: no truth is lost, as none lies
   * beyond. Percentiles of such a statistic lie in it anyway. @default unbounded
   */
  readonly range?: readonly [low: number, high: number]
}

export interface Interval {
  /** the statistic on the films as they are */
  readonly value: number
  /**
   * One seed: percentiles (1 − confidence)/2 and (1 + confidence)/2 of the resampled statistic, linear between order statistics.
   * Several: value ± t·se by Student's t (`seedInterval`).
   */
  readonly low: number
  readonly high: number
  /** standard deviation of the resampled statistic; with several seeds √(V_p + V_s) of patients and seeds */
  readonly se: number
  /**
   * The true effect that such a study finds four times in five. One seed: 2.8·se, as 1.96 + 0.84 = 2.8, for significance at 5 %
   * (two-sided), the statistic taken as normal. Several: (t(1 − α/2m; df) + t(.8; df))·se with α = 1 − confidence and m = `family`,
   * so by the bounds of `simultaneous`.
   */
  readonly smallestDetectable: number
  /**
   * Two-sided p of a statistic that is truly 0. One seed: 2·min(share of resamples ≤ 0, share ≥ 0), with 1 added above and below, so
   * that it is never 0 (Davison and Hinkley 1997, 4.2); at most 1. Several: by Student's t. Of use for differences.
   */
  readonly p: number
  /** wider bounds that hold together with those of family − 1 others; low and high where the family is 1 */
  readonly simultaneous: { readonly low: number; readonly high: number }
  /** with several seeds: what se² is the sum of, and the degrees of freedom of t (NaN where nothing varies) */
  readonly sources?: { readonly patients: number; readonly seeds: number; readonly df: number }
  readonly patients: number
  /** resamples in which nothing was counted; they are left out of the interval */
  readonly emptyResamples: number
}

export interface Resampled {
  /** patients, numbered from 0 */
  readonly count: number
  /** patients of whom something is counted, with any seed @default count */
  readonly counting?: number
  /** training seeds, numbered from 0 */
  readonly seeds: number
  /** of one seed, of all arms @param weights how often each patient counts; NaN where nothing counts */
  readonly statistic: (weights: Float64Array, seed: number) => number
}

/** @throws MetricError when options are out of range, or the statistic is NaN where everything counts once */
export const resamplePatients = (
  { count, counting = count, seeds, statistic }: Resampled,
  rng: Rng,
  { resamples = 2000, confidence = 0.95, family = 1, range = [-Infinity, Infinity] }: BootstrapOptions,
): Interval => {
  if (seeds === 0) throw new MetricError('a', 'holds no seed')
  checkBootstrap(resamples, confidence, family)
  const once = new Float64Array(count).fill(1)
  const bySeed = Float64Array.from({ length: seeds }, (_, s) => statistic(once, s))
  const value = mean(bySeed)
  if (Number.isNaN(value)) throw new MetricError('values', 'an arm has no counted film: there is nothing to average')

  const replicates = new Float64Array(resamples)
  const weights = new Float64Array(count)
  let kept = 0
  for (let r = 0; r < resamples; r++) {
    weights.fill(0)
    drawPatients(weights, rng)
    let replicate = 0
    for (let s = 0; s < seeds; s++) replicate += statistic(weights, s) / seeds
    if (!Number.isNaN(replicate)) replicates[kept++] = replicate
  }
  const counts = { patients: count, emptyResamples: resamples - kept }
  if (seeds > 1) {
    const found = replicates.subarray(0, kept)
    return { ...seedInterval({ bySeed, replicates: found, patients: counting, confidence, family, range }), ...counts }
  }
  return { ...percentileInterval({ value, replicates: replicates.subarray(0, kept), confidence, family }), ...counts }
}

const mean = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / values.length

/** @throws MetricError when an option is out of range */
export const checkBootstrap = (resamples: number, confidence: number, family: number): void => {
  if (!(confidence > 0 && confidence < 1))
    throw new MetricError('confidence', `must be inside (0, 1), got ${confidence}`)
  if (!(Number.isInteger(resamples) && resamples > 1)) throw new MetricError('resamples', `must be 2 or more`)
  if (!(Number.isInteger(family) && family > 0)) throw new MetricError('family', `must be 1 or more, got ${family}`)
}

/** Patients numbered in order of their names, so that the order of films does not change the resamples. */
export const numberPatients = (
  patients: readonly string[],
): { readonly names: readonly string[]; readonly owner: Int32Array; readonly count: number } => {
  const names = [...new Set(patients)].toSorted()
  const numbers = new Map(names.map((name, i) => [name, i]))
  return { names, owner: Int32Array.from(patients, (name) => numbers.get(name)!), count: names.length }
}
