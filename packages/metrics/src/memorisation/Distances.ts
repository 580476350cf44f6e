// The searches of one feature space that the memorisation report is made of.
import { MetricError } from '../MetricError.ts'
import type { NearestFilms } from './nearestFilms.ts'

export interface Distances {
  /** each sample's nearest training film */
  readonly samplesToTraining: NearestFilms
  /** each sample's nearest held-out film; a smaller pool is farther away, so compare it with the former at equal pools only */
  readonly samplesToHeldOut: NearestFilms
  /** each held-out film's nearest training film */
  readonly heldOutToTraining: NearestFilms
}

/** @throws MetricError when the two searches are not of the same samples in the same order */
export const assertSameSamples = ({ ids }: NearestFilms, { ids: others }: NearestFilms): void => {
  if (ids.length !== others.length || ids.some((id, i) => id !== others[i]))
    throw new MetricError('samplesToHeldOut', 'has other samples than samplesToTraining: search both with the same')
}
