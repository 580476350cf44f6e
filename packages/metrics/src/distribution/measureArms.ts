/**
 * Several generators against the same real films, and how they differ: every resample draws the real films once for all arms, so the
 * real films' share of the uncertainty, which is most of it, cancels in a difference as it should. `measure-distribution` is made of it.
 */
import type { Rng } from '@radiograft/random'
import { assertBootstrapOptions } from '../assertBootstrapOptions.ts'
import { MetricError } from '../MetricError.ts'
import { percentileInterval } from '../percentileInterval.ts'
import { compareFigures } from './compareFigures.ts'
import type { DistributionFigure } from './distributionFigure.ts'
import type { FeatureSet } from './extractor.ts'
import type { FeatureMeasure } from './featureMeasure.ts'
import { checkSameExtractor, featureFigure, owned } from './measureFeatures.ts'
import { shiftedInterval, shiftedReplicates, unitDraws, type UnitOptions } from './resampleUnits.ts'

export interface ArmContrast {
  readonly a: string
  readonly b: string
  /** a − b or a / b */
  readonly how: 'difference' | 'ratio'
}

export interface ContrastFigure extends ArmContrast {
  /** of a, whose metric, n and dims are those of b */
  readonly figure: DistributionFigure
  /** null for a ratio whose b is not clear of 0 */
  readonly value: number | null
  readonly low: number
  readonly high: number
}

export interface ArmFigures {
  /** by arm, in the order given */
  readonly figures: ReadonlyMap<string, DistributionFigure>
  readonly contrasts: ReadonlyArray<ContrastFigure>
}

/**
 * Bounds of a ratio are those r for which the interval of a − r·b holds 0 (Fieller's, by resamples), so they need b above 0 in every
 * resample of the interval: KID near the floor has no ratio, its difference says what can be said. Resampled values of each arm are moved until
 * their mean is the arm's value (`resampleUnits`) before they are compared.
 * @param arms by name; of equal numbers of films where the measure is biased by it
 * @throws IncomparableFiguresError when sets come from two extractors, or contrasted figures differ in n and are biased by it
 * @throws MetricError when a contrast names no arm, or as the measure does; TooFewFilmsError as the measure does
 */
export const measureArms = (
  measure: FeatureMeasure,
  real: FeatureSet,
  arms: ReadonlyMap<string, FeatureSet>,
  contrasts: ReadonlyArray<ArmContrast>,
  rng: Rng,
  { resamples = 1000, confidence = 0.95 }: UnitOptions = {},
): ArmFigures => {
  assertBootstrapOptions({ resamples, confidence, family: 1 })
  const ours = owned(real)
  for (const fake of arms.values()) checkSameExtractor(real, fake)
  const realDraws = unitDraws([ours.owners], resamples, rng.fork('real'))
  const found = new Map(
    [...arms].map(([arm, set]) => {
      const theirs = owned(set)
      const value = measure.value(ours, theirs)
      const draws = unitDraws([theirs.owners], resamples, rng.fork('arm').fork(arm))
      const resampled = measure.resampler(ours, theirs)
      const replicates = Float64Array.from(draws, ([drawn], r) => resampled([realDraws[r]![0]!, drawn!]))
      const interval = shiftedInterval({ value, replicates, range: measure.range }, confidence)
      const figure = featureFigure(measure, { real: ours, fake: theirs }, { value, ...interval, confidence })
      return [arm, { figure, replicates: shiftedReplicates(value, replicates) }] as const
    }),
  )
  const of = (arm: string): { readonly figure: DistributionFigure; readonly replicates: Float64Array } => {
    const own = found.get(arm)
    if (!own) throw new MetricError('contrasts', `no arm ${arm}; there are ${[...found.keys()].join(', ')}`)
    return own
  }
  return {
    figures: new Map([...found].map(([arm, { figure }]) => [arm, figure])),
    contrasts: contrasts.map((contrast) => {
      const [a, b] = [of(contrast.a), of(contrast.b)]
      const difference = compareFigures(a.figure, b.figure)
      const both = Array.from(a.replicates, (v, r) => [v, b.replicates[r]!] as const).filter(
        ([v, w]) => !Number.isNaN(v) && !Number.isNaN(w),
      )
      const bounds = (values: readonly number[]): { readonly low: number; readonly high: number } => {
        const { low, high } = percentileInterval(Float64Array.from(values).toSorted(), confidence, 1)
        return { low, high }
      }
      if (contrast.how === 'difference')
        return { ...contrast, figure: a.figure, value: difference, ...bounds(both.map(([v, w]) => v - w)) }
      if (!(b.figure.value > 0 && bounds(both.map(([, w]) => w)).low > 0))
        return { ...contrast, figure: a.figure, value: null, low: NaN, high: NaN }
      return {
        ...contrast,
        figure: a.figure,
        value: a.figure.value / b.figure.value,
        // a resample beyond b's interval may fall to 0 or below, where a is any multiple of b; so large a number is as good as none
        ...bounds(both.map(([v, w]) => v / Math.max(w, 1e-9 * b.figure.value))),
      }
    }),
  }
}
