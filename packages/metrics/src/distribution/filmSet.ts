import type { ExtractorIdentity } from './extractor.ts'
import { checkFilms, type Films } from './films.ts'
import { MetricError } from '../MetricError.ts'

/** Films with whom each belongs to, as `FeatureSet` has for features. */
export interface FilmSet extends Films {
  /** `units[i]` owns film i: the patient of a real film; a generated film is its own unit, or belongs to its donor */
  readonly units: readonly string[]
  /** how films came to this size, or `none` */
  readonly resizeFilter: string
}

/** @throws MetricError when pixels or units do not fit */
export const checkFilmSet = (argument: string, set: FilmSet): void => {
  checkFilms(argument, set)
  if (set.units.length !== set.count)
    throw new MetricError(argument, `${set.units.length} units for ${set.count} films: give one a film`)
}

/** Pixels as an extractor, so that figures of pixels say their size and filter too: `pixels-128x128` (height, width). */
export const pixelIdentity = ({ height, width, resizeFilter }: FilmSet): ExtractorIdentity => ({
  name: `pixels-${height}x${width}`,
  sha256: null,
  resizeFilter,
})
