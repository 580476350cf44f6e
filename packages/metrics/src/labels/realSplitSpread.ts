/**
 * How far the label shares of two sets of real films lie apart by chance: real films are split by patient, again and again, and
 * both halves are corrected as generated films are. The distance of generated films to their source is judged beside it (P4, P11).
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import { quantile } from '../quantile.ts'
import { numberPatients } from '../resamplePatients.ts'
import { variance } from '../variance.ts'
import { assertClasses } from './assertClasses.ts'
import { correctedShares } from './correctedShares.ts'
import type { ClassifiedFilms } from './drawnFilms.ts'
import { totalVariation } from './totalVariation.ts'

export interface SplitOptions {
  /** random splits @default 500 */
  readonly splits?: number
  /** patients a side, at most half of them; for distances at equal numbers, as many as hold as many films as are drawn of the generated ones (`equalNumbersDistance`) @default half of them */
  readonly patientsEach?: number
  /** a distance to be placed among the splits: that of generated films and their source */
  readonly observed?: number
}

export interface SplitSpread {
  /** total variation distance of the two sides' corrected shares, rising */
  readonly distances: Float64Array
  readonly median: number
  /** 95 % of the splits lie at or below */
  readonly high: number
  /** [classes] standard deviation of share on one side − share on the other */
  readonly sdOfDifference: Float64Array
  /** (1 + splits at least as far apart as `observed`) / (1 + splits); null where nothing was observed */
  readonly p: number | null
}

/**
 * @param films.confusion of the classifier, [classes, classes] (`confusionCounts`), the same for all films
 * @throws MetricError when there are too few patients, or as `correctedShares` does
 */
export const realSplitSpread = (
  films: { readonly confusion: Float64Array; readonly real: ClassifiedFilms },
  rng: Rng,
  options: SplitOptions = {},
): SplitSpread => {
  const { confusion, real } = films
  const { owner, count } = numberPatients(real.units)
  const { splits = 500, patientsEach = Math.floor(count / 2), observed } = options
  if (real.units.length !== real.predicted.length)
    throw new MetricError('real.units', `${real.units.length} for ${real.predicted.length} films: give one a film`)
  if (!(Number.isInteger(patientsEach) && patientsEach >= 1 && 2 * patientsEach <= count))
    throw new MetricError('patientsEach', `${patientsEach} a side need twice as many patients, there are ${count}`)
  if (!(Number.isInteger(splits) && splits > 1)) throw new MetricError('splits', `must be 2 or more, got ${splits}`)
  const classes = Math.sqrt(confusion.length)
  assertClasses('real.predicted', real.predicted, classes)
  const byPatient = Array.from({ length: count }, () => new Float64Array(classes))
  owner.forEach((patient, film) => (byPatient[patient]![real.predicted[film]!]! += 1))
  const sharesOf = (patients: Int32Array): Float64Array => {
    const predicted = new Float64Array(classes)
    for (const patient of patients) byPatient[patient]!.forEach((films, k) => (predicted[k]! += films))
    return correctedShares(confusion, predicted).shares
  }
  const distances = new Float64Array(splits)
  const differences = Array.from({ length: classes }, () => new Float64Array(splits))
  for (let s = 0; s < splits; s++) {
    const order = rng.permutation(count)
    const p = sharesOf(order.subarray(0, patientsEach))
    const q = sharesOf(order.subarray(patientsEach, 2 * patientsEach))
    distances[s] = totalVariation(p, q)
    differences.forEach((of, k) => (of[s] = p[k]! - q[k]!))
  }
  distances.sort()
  return {
    distances,
    median: quantile(distances, 0.5),
    high: quantile(distances, 0.95),
    sdOfDifference: Float64Array.from(differences, (of) => Math.sqrt(variance(of))),
    p: observed === undefined ? null : (1 + distances.filter((d) => d >= observed).length) / (1 + splits),
  }
}
