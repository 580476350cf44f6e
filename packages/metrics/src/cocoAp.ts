/**
 * COCO's average precision of a set of films, equal to pycocotools 2.0.11 within 1e-9. One curve is pooled over all films, so
 * there are no values a film: intervals come from `cocoPatientBootstrap`. It hardly sees false alarms that score below
 * the last hit, on films without a box as elsewhere, so it is never mixed with the RSNA metric, and is named apart.
 */
import { cocoProtocol, cocoRule, type CocoOptions, type CocoProtocol } from './cocoProtocol.ts'
import { matchFilm } from './matchFilm.ts'
import { poolMatches, type PooledMatches } from './poolMatches.ts'
import type { RsnaFilm } from './rsnaAp.ts'

export interface CocoFilm extends RsnaFilm {
  /** one a truth box: true where it stands for several findings (COCO's iscrowd) @default none */
  readonly crowd?: readonly boolean[]
}

export interface CocoAp {
  /** the protocol's name, such as `ap-coco-0.50:0.95` */
  readonly name: string
  /** mean over thresholds, in [0, 1]; null where no truth box counts (pycocotools says −1) */
  readonly value: number | null
  /** AR: mean over thresholds of the highest recall with `maxDetections` predictions a film; null as above */
  readonly averageRecall: number | null
  readonly perThreshold: readonly {
    readonly threshold: number
    readonly value: number | null
    readonly recall: number | null
  }[]
  /** AP at .50 and at .75; null too where these are not among the thresholds */
  readonly ap50: number | null
  readonly ap75: number | null
  /** truth boxes that count */
  readonly truths: number
}

/**
 * Predictions are used as they are: a score threshold only cuts the curve short. Films without truth or without predictions
 * belong to the set. Equal scores count in the order given: films in theirs, predictions in theirs inside a film
 * (pycocotools' mergesort), so another order of equal scores is another number, unlike `rsnaAp`.
 */
export const cocoAp = (films: readonly CocoFilm[], options: CocoOptions = {}): CocoAp => {
  const protocol = cocoProtocol(options)
  const pool = poolFilms(
    films,
    protocol,
    films.map((_, i) => i),
    films.length,
  )
  const { ap, recall, apAt, recallAt } = pool.curve(new Float64Array(films.length).fill(1))
  const known = (value: number): number | null => (pool.truths === 0 ? null : value)
  const perThreshold = protocol.thresholds.map((threshold, t) => ({
    threshold,
    value: known(apAt[t]!),
    recall: known(recallAt[t]!),
  }))
  const at = (t: number): number | null => perThreshold.find(({ threshold }) => threshold === t)?.value ?? null
  return {
    name: protocol.name,
    value: known(ap),
    averageRecall: known(recall),
    perThreshold,
    ap50: at(0.5),
    ap75: at(0.75),
    truths: pool.truths,
  }
}

/** Each film matched once, all pooled; `owner[i]` of film i is what a curve weighs. */
export const poolFilms = (
  films: readonly CocoFilm[],
  protocol: CocoProtocol,
  owner: ArrayLike<number>,
  owners: number,
): PooledMatches => {
  const rule = cocoRule(protocol)
  const tables = films.map(({ preds, truth, crowd }) => matchFilm(preds, truth, rule, crowd))
  return poolMatches(tables, protocol.thresholds.length, owner, owners)
}
