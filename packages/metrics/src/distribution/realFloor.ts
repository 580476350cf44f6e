/**
 * Real films against real films at the size of a generated set: what a measure gives where nothing is wrong. FID's bias at N films is read from it, so that
 * it stands beside every figure of that N (P11).
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import { checkFeatureSet, type FeatureSet } from './extractor.ts'
import type { FeatureMeasure } from './featureMeasure.ts'
import { ownersOf } from './resampleUnits.ts'
import { takeRows } from './takeRows.ts'

export interface RealFloor {
  readonly protocol: string
  /** films of each half */
  readonly n: number
  /** one value a split, in order of their seeds */
  readonly values: Float64Array
  readonly mean: number
  /** standard deviation over splits, one less below; splits share films, so this is no standard error of the mean */
  readonly spread: number
}

/**
 * Patients are split in two at random, `splits` times, and n films drawn from each half: no patient is on both sides.
 * @param n films of each side, as many as the generated set has
 * @param options.splits @default 20
 * @throws MetricError when a half has fewer than n films: the message says how many there are
 */
export const realFloor = (
  measure: FeatureMeasure,
  real: FeatureSet,
  n: number,
  rng: Rng,
  { splits = 20 }: { readonly splits?: number } = {},
): RealFloor => {
  checkFeatureSet('real', real)
  if (!(Number.isInteger(splits) && splits > 1)) throw new MetricError('splits', `must be 2 or more, got ${splits}`)
  const values = Float64Array.from({ length: splits }, (_, s) => {
    const [one, other] = halves(real.units, n, rng.fork('split').fork(s))
    return measure.value(takeRows(real, one), takeRows(real, other))
  })
  const mean = values.reduce((sum, v) => sum + v, 0) / splits
  const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (splits - 1))
  return { protocol: measure.protocol, n, values, mean, spread }
}

/** n rows of each of two halves of the units. */
export const halves = (
  units: readonly string[],
  n: number,
  rng: Rng,
): readonly [readonly number[], readonly number[]] => {
  const { owner, count } = ownersOf(units)
  const order = rng.permutation(count)
  const side = new Uint8Array(count)
  for (let i = Math.floor(count / 2); i < count; i++) side[order[i]!] = 1
  const rows = rng.permutation(units.length)
  const ofSide = (wanted: number): readonly number[] => Array.from(rows).filter((row) => side[owner[row]!] === wanted)
  const [one, other] = [ofSide(0), ofSide(1)]
  const most = Math.min(one.length, other.length)
  if (!(Number.isInteger(n) && n > 0 && n <= most))
    throw new MetricError(
      'n',
      `${n} films a half, but ${count} patients with ${units.length} films leave ${most}: draw that many, and measure the generated films at the same n`,
    )
  return [one.slice(0, n), other.slice(0, n)]
}
