/**
 * The interval of `closer` of the memorisation report (P10): how often a generated film lies nearer to training than a film of an unseen
 * patient does. Generated films are drawn apart from each other, held-out films come by patient, and pairs of the two share both, so
 * neither a binomial interval of the pairs nor one of the films alone holds: both sides are resampled, held-out ones by patient.
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import { drawUnits } from '../drawUnits.ts'
import { replicateIntervals } from '../replicateIntervals.ts'
import { numberPatients, type BootstrapOptions } from '../resamplePatients.ts'
import type { ShareInterval } from '../clopperPearson.ts'
import { weightedAuc } from '../weightedAuc.ts'

export interface NearnessFilms {
  /** [samples], each one's distance to its nearest training film */
  readonly samples: Float64Array
  /** [held-out films], the same */
  readonly heldOut: Float64Array
  /** `patients[i]` owns held-out film i */
  readonly patients: ReadonlyArray<string>
}

/**
 * Percentiles of the bootstrap. Where every sample is nearer than every held-out film, or none is, all resamples are alike and percentiles
 * have no width; then the bound is exact instead: of m samples and as many patients as many pairs share nothing, and all of them come
 * out so with chance θ^m, so θ is (α/2)^(1/m) at least.
 * @returns as `closer`, 1 where every sample is nearer
 * @throws MetricError when a held-out film has no patient, a side is empty, or an option is out of range
 */
export const nearerInterval = (
  { samples, heldOut, patients }: NearnessFilms,
  rng: Rng,
  options: Pick<BootstrapOptions, 'resamples' | 'confidence'> = {},
): ShareInterval => {
  if (patients.length !== heldOut.length)
    throw new MetricError('patients', `${patients.length} for ${heldOut.length} held-out films: give one a film`)
  if (samples.length === 0 || heldOut.length === 0) throw new MetricError('samples, heldOut', 'holds no film')
  const { confidence = 0.95 } = options
  const { owner, count } = numberPatients(patients)
  const first = samples.length
  // nearer is the higher score
  const scores = Float64Array.from([...samples, ...heldOut], (distance) => -distance)
  const auc = weightedAuc(
    scores,
    Array.from(scores, (_, i) => i < first),
  )
  /** how often each sample and each patient counts */
  const [drawn, who] = [new Float64Array(first).fill(1), new Float64Array(count).fill(1)]
  const statistic = (): number => auc((film) => (film < first ? drawn[film]! : who[owner[film - first]!]!))
  const asTheyAre = statistic()
  if (Number.isNaN(asTheyAre)) throw new MetricError('films', 'the statistic is not defined on the films as they are')
  const replicate = (): ReadonlyArray<number> | undefined => {
    for (const units of [drawn, who]) drawUnits(units.fill(0), rng)
    const found = statistic()
    return Number.isNaN(found) ? undefined : [found]
  }
  const [interval] = replicateIntervals([asTheyAre], replicate, options)
  const { value, low, high } = interval!
  const least = ((1 - confidence) / 2) ** (1 / Math.min(first, count))
  if (value === 1) return { value, low: least, high: 1 }
  if (value === 0) return { value, low: 0, high: 1 - least }
  return { value, low, high }
}
