/**
 * The RSNA pneumonia metric of one film (G23, eq 4): per IoU threshold TP / (TP + FP + FN), and its mean over
 * thresholds. `rsnaAp` averages it over films; `score` is null for a film that the metric does not count.
 */
import type { Box } from '@radiograft/geometry'
import { matchFilm, type MatchTable, type ScoredBox } from './matchFilm.ts'
import { rsnaProtocol, rsnaRule, type RsnaOptions, type RsnaProtocol } from './rsnaProtocol.ts'

export interface RsnaFilmScore {
  /** mean over thresholds, in [0, 1]; null when the film is not counted */
  readonly score: number | null
  /** one value a threshold, in the protocol's order; empty when the film is not counted */
  readonly perThreshold: readonly number[]
}

const notCounted: RsnaFilmScore = { score: null, perThreshold: [] }

/**
 * @param preds boxes and scores that already passed the detector's score threshold
 * @param truth true boxes of the same film, same pixels
 * @returns no truth and no prediction: not counted; no truth and any prediction: 0; truth and no prediction: 0
 */
export const rsnaFilmScore = (
  preds: readonly ScoredBox[],
  truth: readonly Box[],
  options: RsnaOptions = {},
): RsnaFilmScore => {
  const protocol = rsnaProtocol(options)
  return scoreMatches(matchFilm(preds, truth, rsnaRule(protocol)), preds.length, protocol)
}

/** The score when only the `kept` surest predictions are kept; shared with `tuneThreshold`. The table may be of any rule with the protocol's thresholds. */
export const scoreMatches = (film: MatchTable, kept: number, protocol: RsnaProtocol): RsnaFilmScore => {
  if (kept === 0 && film.truths === 0) return notCounted
  if (kept === 0 && !protocol.countFalseNegatives && protocol.silence === 'skip') return notCounted
  const perThreshold = protocol.thresholds.map((_, t) => {
    const tp = film.truths === 0 ? 0 : film.truePositives(t, kept)
    // TP + FP is what was kept; TP + FP + FN adds the truth boxes that nothing hit. 0/0 is 0 (see `silence`).
    const all = protocol.countFalseNegatives ? kept + film.truths - tp : kept
    return all === 0 ? 0 : tp / all
  })
  return { score: perThreshold.reduce((sum, v) => sum + v, 0) / perThreshold.length, perThreshold }
}
