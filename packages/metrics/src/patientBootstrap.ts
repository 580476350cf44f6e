/**
 * Bootstrap intervals over patients, and over training seeds where there are several. Films of one patient are resampled together (G29), and the mean of
 * counted films is a ratio (sum / count) recomputed in every resample, because a film may be counted in one arm and
 * not in the other. Evaluating stages and `compareScores` use it.
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from './MetricError.ts'
import { numberPatients, resamplePatients, type BootstrapOptions, type Interval } from './resamplePatients.ts'

/** One value a film; null where the metric does not count the film. */
export type FilmValues = readonly (number | null)[]

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

/**
 * The mean of `patientBootstrap` over several training seeds: row s of `values` was trained with seed s. Patients are resampled, the
 * spread of seeds is joined by Student's t (`seedInterval`), so the interval covers training variance too.
 */
export const seedBootstrap = (
  films: { readonly patients: readonly string[]; readonly values: readonly FilmValues[] },
  rng: Rng,
  options: BootstrapOptions = {},
): Interval => bootstrap(films.patients, films.values, undefined, difference, rng, options)

/** Interval of mean(a) − mean(b), both arms on the same films and in every resample on the same patients. */
export const pairedPatientBootstrap = (
  films: { readonly patients: readonly string[]; readonly a: FilmValues; readonly b: FilmValues },
  rng: Rng,
  options: BootstrapOptions = {},
): Interval => bootstrap(films.patients, [films.a], [films.b], difference, rng, options)

export interface RatioOptions extends BootstrapOptions {
  /**
   * What 0 / 0 stands for, where the quantities say it; by default it is no figure: a resample that has it is left out, and
   * films that have it are refused @default NaN
   */
  readonly zeroOverZero?: number
}

/** Interval of mean(a) / mean(b), in every resample on the same patients: a ratio of means, not a mean of ratios. */
export const ratioPatientBootstrap = (
  films: { readonly patients: readonly string[]; readonly a: FilmValues; readonly b: FilmValues },
  rng: Rng,
  { zeroOverZero = Number.NaN, ...options }: RatioOptions = {},
): Interval => {
  const ratio = (a: number, b: number): number => (a === 0 && b === 0 ? zeroOverZero : a / b)
  return bootstrap(films.patients, [films.a], [films.b], ratio, rng, options)
}

/**
 * The difference of `pairedPatientBootstrap` over several training seeds: row s of `a` and of `b` was trained with seed s, and the
 * difference is taken seed by seed. The interval covers training variance too, as that of `seedBootstrap` does.
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
  options: BootstrapOptions,
): Interval => {
  const { owner, count } = numberPatients(patients)
  const arms = [a, ...(b ? [b] : [])].map((arm) => arm.map((row) => tally(row, owner, count)))
  const statistic = (weights: Float64Array, seed: number): number => {
    const own = mean(arms[0]![seed]!, weights)
    return b ? combine(own, mean(arms[1]![seed]!, weights)) : own
  }
  const counting = Array.from({ length: count }, (_, p) => arms.flat().some(({ counts }) => counts[p]! > 0))
  return resamplePatients(
    { count, counting: counting.filter(Boolean).length, seeds: a.length, statistic },
    rng,
    options,
  )
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
