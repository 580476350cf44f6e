/**
 * Percentile bootstrap intervals over patients. Films of one patient are resampled together (G29), and the mean of
 * counted films is a ratio (sum / count) recomputed in every resample, because a film may be counted in one arm and
 * not in the other. Evaluating stages and `verdict` use it. Deterministic in the generator it is given.
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from './MetricError.ts'

/** One value a film; null where the metric does not count the film. */
export type FilmValues = readonly (number | null)[]

export interface BootstrapOptions {
  /** resamples @default 2000 */
  readonly resamples?: number
  /** coverage of the interval @default 0.95 */
  readonly confidence?: number
}

export interface Interval {
  /** the statistic on the films as they are */
  readonly value: number
  /** percentiles (1 − confidence)/2 and (1 + confidence)/2 of the resampled statistic, linear between order statistics */
  readonly low: number
  readonly high: number
  /** standard deviation of the resampled statistic */
  readonly se: number
  /**
   * 2.8·se: the true effect that such a study finds significant at 5 % (two-sided) four times in five, as
   * 1.96 + 0.84 = 2.8. A simple estimate: it takes the statistic to be normal.
   */
  readonly smallestDetectable: number
  readonly patients: number
  /** resamples in which no film was counted; they are left out of the interval */
  readonly emptyResamples: number
}

/**
 * Interval of the mean of counted films.
 * @param films `patients[i]` owns film i, whose value is `values[i]`
 * @throws MetricError when lengths differ or no film is counted
 */
export const patientBootstrap = (
  films: { readonly patients: readonly string[]; readonly values: FilmValues },
  rng: Rng,
  options: BootstrapOptions = {},
): Interval => bootstrap(films.patients, [films.values], undefined, difference, rng, options)

/** Interval of mean(a) − mean(b), both arms on the same films and in every resample on the same patients. */
export const pairedPatientBootstrap = (
  films: { readonly patients: readonly string[]; readonly a: FilmValues; readonly b: FilmValues },
  rng: Rng,
  options: BootstrapOptions = {},
): Interval => bootstrap(films.patients, [films.a], [films.b], difference, rng, options)

/** Interval of mean(a) / mean(b), in every resample on the same patients: a ratio of means, not a mean of ratios. */
export const ratioPatientBootstrap = (
  films: { readonly patients: readonly string[]; readonly a: FilmValues; readonly b: FilmValues },
  rng: Rng,
  options: BootstrapOptions = {},
): Interval => bootstrap(films.patients, [films.a], [films.b], (a, b) => a / b, rng, options)

/**
 * The difference of `pairedPatientBootstrap` over several training seeds: row s of `a` and of `b` was trained with seed s. Patients and
 * seeds are resampled together, so the interval covers training variance too; the statistic is the mean over seeds.
 */
export const pairedSeedBootstrap = (
  films: { readonly patients: readonly string[]; readonly a: readonly FilmValues[]; readonly b: readonly FilmValues[] },
  rng: Rng,
  options: BootstrapOptions = {},
): Interval => {
  if (films.a.length !== films.b.length)
    throw new MetricError('a, b', `${films.a.length} and ${films.b.length} seeds: arms are paired by training seed`)
  return bootstrap(films.patients, films.a, films.b, difference, rng, options)
}

const difference = (a: number, b: number): number => a - b

/** Sum and count of one row (one arm, one seed) a patient. */
interface Tally {
  readonly sums: Float64Array
  readonly counts: Float64Array
}

const bootstrap = (
  patients: readonly string[],
  a: readonly FilmValues[],
  b: readonly FilmValues[] | undefined,
  combine: (a: number, b: number) => number,
  rng: Rng,
  { resamples = 2000, confidence = 0.95 }: BootstrapOptions,
): Interval => {
  if (a.length === 0) throw new MetricError('a', 'holds no seed')
  if (!(confidence > 0 && confidence < 1))
    throw new MetricError('confidence', `must be inside (0, 1), got ${confidence}`)
  if (!(Number.isInteger(resamples) && resamples > 1)) throw new MetricError('resamples', `must be 2 or more`)
  const { owner, count } = numberPatients(patients)
  const arms = [a, ...(b ? [b] : [])].map((arm) => arm.map((row) => tally(row, owner, count)))
  const seeds = a.length

  const statistic = (weights: Float64Array, drawn: ArrayLike<number>): number => {
    let total = 0
    for (let d = 0; d < drawn.length; d++) {
      const own = mean(arms[0]![drawn[d]!]!, weights)
      total += b ? combine(own, mean(arms[1]![drawn[d]!]!, weights)) : own
    }
    return total / drawn.length
  }

  const value = statistic(
    new Float64Array(count).fill(1),
    Array.from({ length: seeds }, (_, s) => s),
  )
  if (Number.isNaN(value)) throw new MetricError('values', 'an arm has no counted film: there is nothing to average')

  const replicates = new Float64Array(resamples)
  const weights = new Float64Array(count)
  let kept = 0
  for (let r = 0; r < resamples; r++) {
    weights.fill(0)
    drawInto(weights, rng)
    const drawn = seeds === 1 ? [0] : rng.ints(seeds, 0, seeds)
    const replicate = statistic(weights, drawn)
    if (!Number.isNaN(replicate)) replicates[kept++] = replicate
  }
  const sorted = replicates.subarray(0, kept).toSorted()
  const se = standardDeviation(sorted)
  return {
    value,
    low: quantile(sorted, (1 - confidence) / 2),
    high: quantile(sorted, (1 + confidence) / 2),
    se,
    smallestDetectable: 2.8 * se,
    patients: count,
    emptyResamples: resamples - kept,
  }
}

/**
 * Adds as many draws to the weights as there are patients: the numbers of `rng.ints(n, 0, n)`, without an array of them
 * and with their remainders taken as whole numbers: 2,000 resamples of 26,684 patients in 3.7 s instead of 8.1.
 */
const drawInto = (weights: Float64Array, rng: Rng): void => {
  const n = weights.length >>> 0
  const limit = 2 ** 32 - (2 ** 32 % n) // words from here on are thrown away, as `rng.int` does, so that none is favoured
  for (let i = 0; i < n; i++) {
    let word = rng.uint32() >>> 0
    while (word >= limit) word = rng.uint32() >>> 0
    weights[word % n]! += 1
  }
}

const mean = ({ sums, counts }: Tally, weights: Float64Array): number => {
  let sum = 0
  let count = 0
  for (let p = 0; p < weights.length; p++) {
    sum += weights[p]! * sums[p]!
    count += weights[p]! * counts[p]!
  }
  return sum / count // 0/0 is NaN: no counted film in this resample
}

/** Patients numbered in order of their names, so that the order of films does not change the resamples. */
const numberPatients = (patients: readonly string[]): { owner: Int32Array; count: number } => {
  const names = [...new Set(patients)].toSorted()
  const numbers = new Map(names.map((name, i) => [name, i]))
  return { owner: Int32Array.from(patients, (name) => numbers.get(name)!), count: names.length }
}

const tally = (values: FilmValues, owner: Int32Array, count: number): Tally => {
  if (values.length !== owner.length)
    throw new MetricError(
      'values',
      `${values.length} values for ${owner.length} films: give one a film, null if uncounted`,
    )
  const sums = new Float64Array(count)
  const counts = new Float64Array(count)
  values.forEach((value, film) => {
    if (value === null) return
    if (Number.isNaN(value))
      throw new MetricError('values', `film ${film} is NaN: write null where a film is not counted`)
    sums[owner[film]!]! += value
    counts[owner[film]!]! += 1
  })
  return { sums, counts }
}

/** numpy's default: linear between the two nearest order statistics. */
const quantile = (sorted: Float64Array, q: number): number => {
  const place = q * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN
  return low + (high - low) * (place - below)
}

const standardDeviation = (values: Float64Array): number => {
  const mean = values.reduce((s, v) => s + v, 0) / values.length
  return Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / (values.length - 1))
}
