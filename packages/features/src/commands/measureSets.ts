// Every figure of two feature sets with its interval, and beside it what real films give against real films. Measures that
// are biased by N are taken at equal N, so that the floor of that N can stand beside them (P11).
import { measureFeatures, realFloor } from '@radiograft/metrics/distribution'
import type { DistributionFigure, FeatureMeasure, FeatureSet } from '@radiograft/metrics/distribution'
import { rng } from '@radiograft/random'
import type { Rng } from '@radiograft/random'
import { chooseMeasures } from './chooseMeasures.ts'

export interface MeasuredFigure extends DistributionFigure {
  /** null where the first set is too small for it */
  readonly floor: Floor | null
}

interface Floor {
  /** films of each half */
  readonly n: number
  readonly splits: number
  readonly mean: number
  /** standard deviation over splits */
  readonly spread: number
}

export interface MeasuredSets {
  readonly figures: ReadonlyArray<MeasuredFigure>
  /** what is not there, and what helps */
  readonly notes: ReadonlyArray<string>
}

/**
 * The first set is taken for real films, the second for those that are judged.
 * @throws MetricError where a set is of one patient
 */
export const measureSets = (real: FeatureSet, fake: FeatureSet): MeasuredSets => {
  const n = Math.min(real.rows, fake.rows)
  const { measures, left } = chooseMeasures(n, real.columns)
  const [fewReal, fewFake] = [drawRows(real, n), drawRows(fake, n)]
  const figures = measures.map(({ measure, resamples }): MeasuredFigure => {
    const stream = rng('fid').fork(measure.protocol)
    const [a, b] = measure.biasedByN ? [fewReal, fewFake] : [real, fake]
    const figure = measureFeatures(measure, a, b, stream.fork('resamples'), { resamples })
    // without bias any number does, as long as there are so many films in both halves of the patients
    const half = Math.min(fake.rows, Math.floor(real.rows / 2))
    const sizes = measure.biasedByN ? [n] : [half, Math.floor(0.8 * half), Math.floor(0.5 * half)]
    let floor: Floor | null = null
    for (const size of sizes) floor ??= floorOf(measure, real, size, stream.fork('floor'))
    return { ...figure, floor }
  })
  const without = figures.filter(({ floor }) => floor === null)
  const notes = [
    ...left,
    ...(real.rows !== fake.rows && figures.some(({ biasedByN }) => biasedByN)
      ? [`FID, precision and recall change with the number of films: they are taken of ${n} films of each folder.`]
      : []),
    ...(without.length > 0
      ? [
          `No floor for ${without.map(({ protocol }) => protocol).join(', ')}: the first folder has to make two halves, no patient in both, ` +
            `of ${n} films each, and it has ${real.rows} films. Give more real films, or draw fewer of each folder with --films.`,
        ]
      : []),
  ]
  return { figures, notes }
}

/** n of the set's films, drawn without replacement; all of them in their order where there are no more. */
const drawRows = (set: FeatureSet, n: number): FeatureSet => {
  if (n === set.rows) return set
  const rows = rng('films at equal n').permutation(set.rows).slice(0, n).toSorted()
  const values = new Float32Array(n * set.columns)
  rows.forEach((row, i) => values.set(set.values.subarray(row * set.columns, (row + 1) * set.columns), i * set.columns))
  return { ...set, values, rows: n, units: Array.from(rows, (row) => set.units[row]!) }
}

const floorOf = (measure: FeatureMeasure, real: FeatureSet, n: number, stream: Rng): Floor | null => {
  if (real.rows < 2 * n || n < 2) return null
  try {
    const { mean, spread, values } = realFloor(measure, real, n, stream)
    return { n, splits: values.length, mean, spread }
  } catch (error) {
    // halves by patient may come out smaller than half of the films
    if ((error as { readonly _tag?: unknown })._tag !== 'MetricError') throw error
    return null
  }
}
