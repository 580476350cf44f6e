/**
 * The score threshold that maximises RSNA AP on one part of the films, to be used on another: tuned on the part it
 * reports it would be optimistic, as [6]'s `check_metric` is (pitfall 1). `tunedAp` does both and refuses an overlap.
 */
import { matchFilm } from './matchFilm.ts'
import { MetricError } from './MetricError.ts'
import { meanOfCounted, rsnaApAt, type RsnaAp, type RsnaFilm } from './rsnaAp.ts'
import { scoreMatches } from './rsnaFilmScore.ts'
import { rsnaProtocol, rsnaRule, type RsnaOptions } from './rsnaProtocol.ts'

export interface TunedThreshold {
  /** predictions with score ≥ threshold are kept */
  readonly threshold: number
  /** AP on the films it was tuned on: optimistic, never a result */
  readonly value: number
  /** AP at every grid value, in the grid's order; null where no film is counted */
  readonly curve: readonly { readonly threshold: number; readonly value: number | null }[]
}

/** .025 (the authors' floor, G18), .05, .10, … .95 */
export const defaultGrid: readonly number[] = [0.025, ...Array.from({ length: 19 }, (_, k) => (5 * (k + 1)) / 100)]

/**
 * Ties go to the highest threshold: of two that score alike, the one with fewer false boxes.
 * @throws MetricError when the grid is empty or not finite, or when no threshold counts any film
 */
export const tuneThreshold = (
  films: readonly RsnaFilm[],
  grid: readonly number[] = defaultGrid,
  options: RsnaOptions = {},
): TunedThreshold => {
  if (grid.length === 0 || !grid.every(Number.isFinite)) throw new MetricError('grid', 'needs finite score thresholds')
  const protocol = rsnaProtocol(options)
  const rule = rsnaRule(protocol)
  const matched = films.map((film) => matchFilm(film.preds, film.truth, rule))
  const curve = grid.map((threshold) => ({
    threshold,
    value: meanOfCounted(matched.map((m) => scoreMatches(m, keptAt(m.scores, threshold), protocol).score)),
  }))
  let best: { threshold: number; value: number } | undefined
  for (const { threshold, value } of curve) {
    if (value === null) continue
    if (!best || value > best.value || (value === best.value && threshold > best.threshold)) best = { threshold, value }
  }
  if (!best) throw new MetricError('films', 'none is counted at any threshold: tune on films with boxes')
  return { ...best, curve }
}

/**
 * Tunes on `tune`, reports on `report`.
 * @throws MetricError when a film (by id, or the same object) is in both
 */
export const tunedAp = (
  parts: { readonly tune: readonly RsnaFilm[]; readonly report: readonly RsnaFilm[] },
  grid: readonly number[] = defaultGrid,
  options: RsnaOptions = {},
): { readonly tuned: TunedThreshold; readonly ap: RsnaAp } => {
  const seen = new Set<unknown>(parts.tune.flatMap((film) => [film, ...(film.id === undefined ? [] : [film.id])]))
  const shared = parts.report.filter((film) => seen.has(film) || (film.id !== undefined && seen.has(film.id)))
  if (shared.length > 0)
    throw new MetricError('report', `${shared.length} of its films were tuned on: split them by patient first`)
  const tuned = tuneThreshold(parts.tune, grid, options)
  return { tuned, ap: rsnaApAt(parts.report, tuned.threshold, options) }
}

/** How many of the falling `scores` are ≥ threshold. */
const keptAt = (scores: readonly number[], threshold: number): number => {
  let [low, high] = [0, scores.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (scores[middle]! >= threshold) low = middle + 1
    else high = middle
  }
  return low
}
