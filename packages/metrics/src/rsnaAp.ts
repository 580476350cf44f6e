/**
 * RSNA average precision of a set of films: `rsnaFilmScore` accumulated, then the mean over counted films. Per-film
 * values are returned, in the films' order, for `patientBootstrap` and for the reader who wants to see which failed.
 */
import type { Box } from '@radiograft/geometry'
import type { ScoredBox } from './matchFilm.ts'
import { MetricError } from './MetricError.ts'
import { rsnaFilmScore } from './rsnaFilmScore.ts'
import { rsnaProtocol, type RsnaOptions } from './rsnaProtocol.ts'

export interface RsnaFilm {
  /** names the film in errors, and lets tuning refuse to report on what it was tuned on */
  readonly id?: string
  readonly preds: readonly ScoredBox[]
  readonly truth: readonly Box[]
}

export interface RsnaAp {
  /** the protocol's name, such as `ap-rsna-0.40:0.75` */
  readonly name: string
  /** mean over counted films, in [0, 1]; null when no film is counted */
  readonly value: number | null
  /** the same at each IoU threshold: the AP.4, AP.5 … columns of Table 1 */
  readonly perThreshold: readonly { readonly threshold: number; readonly value: number | null }[]
  /** one value a film; null where the film is not counted */
  readonly perFilm: readonly (number | null)[]
  readonly counted: number
}

/** AP of films whose predictions are used as they are. */
export const rsnaAp = (films: readonly RsnaFilm[], options: RsnaOptions = {}): RsnaAp => {
  const protocol = rsnaProtocol(options)
  const scores = films.map((film) => rsnaFilmScore(film.preds, film.truth, protocol))
  const perFilm = scores.map((s) => s.score)
  return {
    name: protocol.name,
    value: meanOfCounted(perFilm),
    perThreshold: protocol.thresholds.map((threshold, t) => ({
      threshold,
      value: meanOfCounted(scores.map((s) => s.perThreshold[t] ?? null)),
    })),
    perFilm,
    counted: perFilm.filter((v) => v !== null).length,
  }
}

/** AP when predictions with score ≥ `threshold` are kept. @throws MetricError when `threshold` is not a number */
export const rsnaApAt = (films: readonly RsnaFilm[], threshold: number, options: RsnaOptions = {}): RsnaAp => {
  if (Number.isNaN(threshold)) throw new MetricError('threshold', 'is NaN: give a score that predictions can reach')
  return rsnaAp(
    films.map((film) => ({ ...film, preds: film.preds.filter((p) => p.score >= threshold) })),
    options,
  )
}

/** Mean of the values that are not null; null when there is none. */
export const meanOfCounted = (values: readonly (number | null)[]): number | null => {
  let sum = 0
  let counted = 0
  for (const value of values) {
    if (value === null) continue
    sum += value
    counted++
  }
  return counted === 0 ? null : sum / counted
}
