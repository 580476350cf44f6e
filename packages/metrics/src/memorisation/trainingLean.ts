/**
 * Whether generated films as a set lie too near to training films (P10), held against real films that nobody can have copied. How near a film
 * is to training says little by itself: one near the mean of all films is near to training and to held-out ones alike, films of
 * one patient are near together, and an extractor that was taught by the training films may lay them apart. So of each film x the lean is
 *
 *   lean(x) = d_T / (d_T + d_H)
 *
 * d_T the distance to the nearest training film, d_H to the nearest held-out film, of another patient than x's own: 0 for a copy of a training
 * film, 1 for one of a held-out film. Held-out films, whose lean is taken alike, are the control: the statistic is the share of pairs of a
 * generated and a held-out film in which the former leans more to training, ties a half.
 *
 * Its chance is a permutation's: which patients train is dealt anew among all of them, as many as before. A generator that learned nothing from the very
 * patients it saw could as well have seen those, so that p is exact, however alike its films are or those of one patient (Meehan, Chaudhuri and
 * Dasgupta 2020 ask the same of distances to training alone, and take films as independent).
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import { quantile } from '../quantile.ts'
import type { NearestOwners } from './nearestOwners.ts'
import { patientParts } from './patientParts.ts'

export interface LeanFilms {
  /** of generated films, each its own owner */
  readonly samples: NearestOwners
  /** of training and held-out films, all or some of them */
  readonly real: NearestOwners
  /** patients by part; whoever is in neither list is left out of account */
  readonly training: Iterable<string>
  readonly heldOut: Iterable<string>
}

export interface LeanOptions {
  /** deals of the patients @default 999 */
  readonly permutations?: number
}

export interface TrainingLean {
  /** share of (generated, held-out) pairs in which the generated film leans more to training: near .5 where it was not copied */
  readonly value: number
  /** 95 %, about the value: as wide as the deals of the patients spread */
  readonly low: number
  readonly high: number
  /** mean of the deals */
  readonly expected: number
  /** of deals in which the share is as large, the one at hand counted */
  readonly p: number
}

/**
 * @param films neighbours of each by patient, searched among all training and held-out films
 * @throws MetricError when a part has no patient or the control no film, or patients are in both parts
 */
export const trainingLean = (
  { samples, real, training, heldOut }: LeanFilms,
  rng: Rng,
  { permutations = 999 }: LeanOptions = {},
): TrainingLean => {
  const { trained, count, numberOf, asIs, dealt: dealtParts } = patientParts(training, heldOut)
  if (trained === 0 || trained === count)
    throw new MetricError('training, heldOut', 'a part has no patient: give some of each')
  if (samples.nearest.length === 0) throw new MetricError('samples', 'holds no film')

  const listed = ({ nearest }: NearestOwners): ReadonlyArray<Neighbours> =>
    nearest.map((list) => {
      const known = list.filter(({ owner }) => numberOf.has(owner))
      return {
        patients: Int32Array.from(known, ({ owner }) => numberOf.get(owner)!),
        distances: Float64Array.from(known, ({ distance }) => distance),
      }
    })
  const [generated, control] = [listed(samples), listed(real)]
  const ownerOf = Int32Array.from(real.owners, (owner) => numberOf.get(owner) ?? -1)

  const share = (trains: ReadonlyArray<boolean>): number => {
    const leans = (films: ReadonlyArray<Neighbours>): Float64Array =>
      Float64Array.from(films, (film) => lean(film, trains))
    return sooner(leans(generated), leans(control.filter((_, i) => ownerOf[i]! >= 0 && !trains[ownerOf[i]!])))
  }
  const value = share(asIs)
  if (Number.isNaN(value)) throw new MetricError('real', 'holds no held-out film: there is no control')
  const deals = Array.from({ length: permutations }, (_, deal) => share(dealtParts(rng, deal)))
  // one whose held-out patients have no film in the control says nothing
  const dealt = Float64Array.from(deals.filter((v) => !Number.isNaN(v))).toSorted()
  const expected = dealt.reduce((sum, v) => sum + v, 0) / dealt.length
  // sums of ties differ in their last places
  const asMuch = dealt.filter((v) => v >= value - 1e-12).length
  const moved = (q: number): number => Math.min(1, Math.max(0, value - (quantile(dealt, q) - expected)))
  return { value, low: moved(0.975), high: moved(0.025), expected, p: (1 + asMuch) / (1 + dealt.length) }
}

interface Neighbours {
  /** numbers of patients by rising distance */
  readonly patients: Int32Array
  readonly distances: Float64Array
}

/** A part that none of the neighbours is in lies as far as the last of them, or farther. @param trains whether a patient is in training */
const lean = ({ patients, distances }: Neighbours, trains: ReadonlyArray<boolean>): number => {
  const last = patients.length - 1
  let [training, heldOut] = [-1, -1]
  for (let i = 0; i <= last && (training < 0 || heldOut < 0); i++) {
    if (!trains[patients[i]!]) heldOut = heldOut < 0 ? i : heldOut
    else training = training < 0 ? i : training
  }
  const [t, h] = [distances[training < 0 ? last : training]!, distances[heldOut < 0 ? last : heldOut]!]
  return t + h > 0 ? t / (t + h) : 0.5
}

/** Share of pairs in which a is below b, ties a half; NaN without b. A permutation asks thousands of times, so nothing is sorted by a function. */
const sooner = (a: Float64Array, b: Float64Array): number => {
  const [left, right] = [a.toSorted(), b.toSorted()]
  let [below, upTo, wins] = [0, 0, 0]
  for (const v of left) {
    while (below < right.length && right[below]! < v) below++
    while (upTo < right.length && right[upTo]! <= v) upTo++
    wins += right.length - upTo + (upTo - below) / 2
  }
  return wins / (left.length * right.length)
}
