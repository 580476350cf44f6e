/**
 * Intervals of measures of two sets: units (patients; generated films or their donors) of each set drawn with replacement, each set by itself. Every
 * measure here ends in it; the percentiles are those of `resamplePatients`.
 *
 * A resample holds about 63 % of the units, some twice, so a measure that is biased by N is biased more in it: plain percentiles of FID
 * lie above its value. The resampled values are therefore shifted until their mean is the value: the interval is about what sets of this size
 * give, and the bias of N itself, which it does not hold, is told by `realFloor`.
 */
import type { Rng } from '@radiograft/random'
import { assertBootstrapOptions } from '../assertBootstrapOptions.ts'
import { drawUnits } from '../drawUnits.ts'
import { MetricError } from '../MetricError.ts'
import { percentileInterval } from '../percentileInterval.ts'
import { numberPatients } from '../resamplePatients.ts'

export interface UnitOptions {
  /** resamples @default 1000 */
  readonly resamples?: number
  /** coverage @default 0.95 */
  readonly confidence?: number
}

/** Rows by unit: `owner[i]` is the number of row i's unit, of `count`. */
export interface Owners {
  readonly owner: Int32Array
  readonly count: number
}

/** How often each unit of each set counts in one resample. */
export type UnitDraw = readonly Uint16Array[]

export interface UnitInterval {
  readonly low: number
  readonly high: number
  readonly se: number
  readonly confidence: number
  /** resamples in which the measure had no value; they are left out */
  readonly emptyResamples: number
}

export const ownersOf = (units: readonly string[]): Owners => numberPatients(units)

export interface UnitMeasure {
  readonly value: number
  readonly sets: readonly Owners[]
  /** the measure in each draw, NaN where it has no value */
  readonly replicates: (draws: readonly UnitDraw[]) => Float64Array
  /** where it lies by its definition; bounds are cut to it */
  readonly range: readonly [low: number, high: number]
}

/** @throws MetricError when an option is out of range, a set has one unit, or nothing could be resampled */
export const resampleUnits = (
  { value, sets, replicates, range: [least, most] }: UnitMeasure,
  rng: Rng,
  { resamples = 1000, confidence = 0.95 }: UnitOptions = {},
): UnitInterval => {
  assertBootstrapOptions({ resamples, confidence, family: 1 })
  const draws = unitDraws(sets, resamples, rng)
  const found = replicates(draws)
  const interval = shiftedInterval({ value, replicates: found, range: [least, most] }, confidence)
  return { ...interval, confidence, emptyResamples: found.filter(Number.isNaN).length }
}

/** Draws of every set's units. @throws MetricError when a set has one unit */
export const unitDraws = (sets: readonly Owners[], resamples: number, rng: Rng): readonly UnitDraw[] => {
  if (sets.some(({ count }) => count < 2))
    throw new MetricError('units', 'a set is of one unit: an interval over units needs two or more')
  return Array.from({ length: resamples }, () =>
    sets.map(({ count }) => {
      const draw = new Uint16Array(count)
      drawUnits(draw, rng)
      return draw
    }),
  )
}

/** Resampled values moved until their mean is the value; NaN stays. @throws MetricError when fewer than two have a value */
export const shiftedReplicates = (value: number, replicates: Float64Array): Float64Array => {
  const found = replicates.filter((v) => !Number.isNaN(v))
  if (found.length < 2) throw new MetricError('units', 'no resample has a value: give more units')
  const shift = value - found.reduce((sum, v) => sum + v, 0) / found.length
  return replicates.map((v) => v + shift)
}

/** Percentiles of the shifted values, cut to the range. @throws MetricError as `shiftedReplicates` */
export const shiftedInterval = (
  {
    value,
    replicates,
    range: [least, most],
  }: Pick<UnitMeasure, 'value' | 'range'> & { readonly replicates: Float64Array },
  confidence: number,
): Pick<UnitInterval, 'low' | 'high' | 'se'> => {
  const shifted = shiftedReplicates(value, replicates).filter((v) => !Number.isNaN(v))
  const cut = (bound: number): number => Math.min(most, Math.max(least, bound))
  const { low, high, se } = percentileInterval(shifted.toSorted(), confidence, 1)
  return { low: cut(low), high: cut(high), se }
}
