/**
 * Intervals of COCO AP over patients and training seeds (`seedInterval` where there are several). Films are matched and sorted once; each resample weighs the pooled
 * detections by how often it drew their patient and computes the curve anew, which is the AP of the resampled set of films
 * (equal scores of one film's copies stand together). `evaluate-detections` and `compareCoco` use it.
 */
import type { Rng } from '@radiograft/random'
import { poolFilms, type CocoFilm } from './cocoAp.ts'
import { cocoProtocol, type CocoOptions } from './cocoProtocol.ts'
import { MetricError } from './MetricError.ts'
import type { PooledMatches } from './poolMatches.ts'
import { numberPatients, resamplePatients, type BootstrapOptions, type Interval } from './resamplePatients.ts'

/** One training seed's films with its predictions; `patients[i]` owns film i. */
export interface PatientFilms {
  readonly films: readonly CocoFilm[]
  readonly patients: readonly string[]
}

export interface CocoBootstrapOptions extends CocoOptions, BootstrapOptions {}

/**
 * Interval of AP, the mean over seeds, inside [0, 1].
 * @param seeds one or more, of the same patients
 * @throws MetricError when lengths or patients differ, or no truth box counts
 */
export const cocoBootstrap = (seeds: readonly PatientFilms[], rng: Rng, options: CocoBootstrapOptions = {}): Interval =>
  bootstrap(seeds, undefined, rng, { range: [0, 1], ...options })

/**
 * Interval of AP(a) − AP(b): in every resample the same patients in both arms, and seed by seed: entry s of `a` and of `b` was
 * trained with seed s.
 */
export const pairedCocoBootstrap = (
  { a, b }: { readonly a: readonly PatientFilms[]; readonly b: readonly PatientFilms[] },
  rng: Rng,
  options: CocoBootstrapOptions = {},
): Interval => {
  if (a.length !== b.length)
    throw new MetricError('a, b', `${a.length} and ${b.length} seeds: arms are paired by training seed`)
  return bootstrap(a, b, rng, options)
}

const bootstrap = (
  a: readonly PatientFilms[],
  b: readonly PatientFilms[] | undefined,
  rng: Rng,
  options: CocoBootstrapOptions,
): Interval => {
  const protocol = cocoProtocol(options)
  const names = [...new Set(a[0]?.patients)].toSorted()
  const pool = ({ films, patients }: PatientFilms): PooledMatches => {
    if (patients.length !== films.length)
      throw new MetricError('patients', `${patients.length} patients for ${films.length} films: give one a film`)
    const { owner, count, names: own } = numberPatients(patients)
    if (count !== names.length || own.some((name, i) => name !== names[i]))
      throw new MetricError('patients', 'differ between arms or seeds: an interval needs the same patients in all')
    return poolFilms(films, protocol, owner, count)
  }
  const [ours, theirs] = [a.map(pool), b?.map(pool)]
  const statistic = (weights: Float64Array, seed: number): number =>
    ours[seed]!.curve(weights).ap - (theirs ? theirs[seed]!.curve(weights).ap : 0)
  return resamplePatients({ count: names.length, seeds: ours.length, statistic }, rng, options)
}
