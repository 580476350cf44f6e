/**
 * The two figures between which a generator's figure stands, of the same held-out films and as many films: real training films (the floor; nothing
 * generated can be expected below it) and a memoriser, which replays training films and must not look better than a generator that
 * makes films of its own (P10, P11).
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import type { DistributionFigure } from './distributionFigure.ts'
import type { FeatureSet } from './extractor.ts'
import type { FeatureMeasure } from './featureMeasure.ts'
import { measureFeatures } from './measureFeatures.ts'
import type { UnitOptions } from './resampleUnits.ts'
import { takeRows } from './takeRows.ts'

export interface References {
  /** n training films, each once, against the held-out films */
  readonly floor: DistributionFigure
  /** n training films drawn with replacement against the held-out films */
  readonly memoriser: DistributionFigure
  /** the same replayed films against the training films: what a figure against training films rewards */
  readonly memoriserOnTraining: DistributionFigure
}

/**
 * @param sets the generator's training films, and the held-out films of its figure
 * @param n films of the generated set
 * @throws MetricError when a patient is in both sets or the training set has fewer than n films
 * @throws IncomparableFiguresError when the sets come from two extractors
 */
export const references = (
  measure: FeatureMeasure,
  { training, heldOut }: { readonly training: FeatureSet; readonly heldOut: FeatureSet },
  n: number,
  rng: Rng,
  options: UnitOptions = {},
): References => {
  const known = new Set(training.units)
  const shared = [...new Set(heldOut.units)].filter((unit) => known.has(unit))
  if (shared.length > 0)
    throw new MetricError('heldOut', `${shared.length} of its units are in the training set too: split by patient`)
  if (!(Number.isInteger(n) && n > 0 && n <= training.rows))
    throw new MetricError('n', `must be a whole number from 1 to ${training.rows}, the training films, got ${n}`)
  const once = someOf(training, rng.fork('floor').permutation(training.rows).slice(0, n))
  const replayed = memoriser(training, n, rng)
  // one stream for all: the held-out patients of resample r are the same in each
  const figure = (real: FeatureSet, fake: FeatureSet): DistributionFigure =>
    measureFeatures(measure, real, fake, rng.fork('resamples'), options)
  return {
    floor: figure(heldOut, once),
    memoriser: figure(heldOut, replayed),
    memoriserOnTraining: figure(training, replayed),
  }
}

/** n of the training films, drawn with replacement: the features of a generator that only remembers. */
export const memoriser = (training: FeatureSet, n: number, rng: Rng): FeatureSet =>
  someOf(training, rng.fork('memoriser').ints(n, 0, training.rows))

const someOf = (set: FeatureSet, rows: Int32Array): FeatureSet => ({
  ...takeRows(set, rows),
  extractor: set.extractor,
  units: Array.from(rows, (row) => set.units[row]!),
})
