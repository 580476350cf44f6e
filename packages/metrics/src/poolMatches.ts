/**
 * Match tables of many films pooled into one list in falling order of score, sorted once; the precision-recall curve of any
 * weighting of their owners is then a pass over it. `cocoAp` weighs every film 1, `cocoBootstrap` weighs patients by
 * how often a resample drew them.
 */
import type { MatchTable } from './matchFilm.ts'

export interface PooledMatches {
  /**
   * Average precision and highest recall when everything of owner o counts `weights[o]` times: means over thresholds, and one
   * value a threshold. NaN where no truth box has weight.
   */
  readonly curve: (weights: ArrayLike<number>) => PooledCurve
  readonly detections: number
  /** truth boxes that count */
  readonly truths: number
}

interface PooledCurve {
  readonly ap: number
  readonly recall: number
  /** [thresholds] */
  readonly apAt: Float64Array
  readonly recallAt: Float64Array
}

/** Recall at which precision is read: numpy's linspace(0, 1, 101), whose 58th is .5700000000000001, as pycocotools has it. */
const recallGrid = Float64Array.from({ length: 101 }, (_, k) => (k === 100 ? 1 : k * 0.01))

/**
 * Equal scores stay in the order of the films, and inside a film in the order of its table: pycocotools' mergesort.
 * @param tables one a film, all of as many thresholds
 * @param owner owner[i] ≥ 0 of film i
 * @param owners how many there are
 */
export const poolMatches = (
  tables: readonly MatchTable[],
  thresholds: number,
  owner: ArrayLike<number>,
  owners: number,
): PooledMatches => {
  const detections = tables.reduce((sum, { scores }) => sum + scores.length, 0)
  const scores = new Float64Array(detections)
  const [table, place] = [new Int32Array(detections), new Int32Array(detections)]
  const truthsOf = new Float64Array(owners)
  let next = 0
  tables.forEach((film, i) => {
    truthsOf[owner[i]!]! += film.truths
    film.scores.forEach((score, p) => {
      scores[next] = score
      table[next] = i
      place[next++] = p
    })
  })
  const order = Uint32Array.from({ length: detections }, (_, d) => d)
  order.sort((a, b) => (scores[a]! > scores[b]! ? -1 : scores[a]! < scores[b]! ? 1 : a - b))
  const ownerOf = Int32Array.from(order, (d) => owner[table[d]!]!)
  const hits = Array.from({ length: thresholds }, (): number[] => [])
  const ignored = Array.from({ length: thresholds }, (): number[] => [])
  for (let rank = 0; rank < detections; rank++) {
    const d = order[rank]!
    const { outcomes, scores: own } = tables[table[d]!]!
    for (let t = 0; t < thresholds; t++) {
      const outcome = outcomes[t * own.length + place[d]!]
      if (outcome !== 0) (outcome === 1 ? hits : ignored)[t]!.push(rank)
    }
  }

  const seen = new Float64Array(detections) // weight of detections down to this one
  const precision = new Float64Array(Math.max(0, ...hits.map(({ length }) => length)))
  const recall = new Float64Array(precision.length)

  const curve = (weights: ArrayLike<number>): PooledCurve => {
    let sum = 0
    for (let d = 0; d < detections; d++) seen[d] = sum += weights[ownerOf[d]!]!
    let truths = 0
    for (let o = 0; o < owners; o++) truths += weights[o]! * truthsOf[o]!
    const [apAt, recallAt] = [new Float64Array(thresholds), new Float64Array(thresholds)]
    for (let t = 0; t < thresholds; t++) {
      // precision and recall where a hit raises them: between hits recall stays and precision falls, so that the highest
      // precision at a recall or beyond, which is what COCO reads, is always that of a hit
      let points = 0
      let tp = 0
      let left = 0 // weight of the ignored so far
      let i = 0
      const [at, not] = [hits[t]!, ignored[t]!]
      for (let h = 0; h < at.length; h++) {
        const d = at[h]!
        const weight = weights[ownerOf[d]!]!
        if (weight === 0) continue
        for (; i < not.length && not[i]! < d; i++) left += weights[ownerOf[not[i]!]!]!
        tp += weight
        recall[points] = tp / truths
        precision[points++] = tp / (seen[d]! - left) // TP / (TP + FP)
      }
      apAt[t] = truths === 0 ? Number.NaN : interpolated(precision, recall, points)
      recallAt[t] = tp / truths
    }
    return { ap: mean(apAt), recall: mean(recallAt), apAt, recallAt }
  }
  return { curve, detections, truths: truthsOf.reduce((s, n) => s + n, 0) }
}

/** Mean over the 101 recalls of the highest precision at that recall or beyond; 0 where it is not reached. */
const interpolated = (precision: Float64Array, recall: Float64Array, points: number): number => {
  let highest = 0
  let sum = 0
  let k = 100
  const reached = points === 0 ? -1 : recall[points - 1]!
  while (k >= 0 && recallGrid[k]! > reached) k--
  for (let i = points - 1; i >= 0; i--) {
    highest = Math.max(highest, precision[i]!)
    const below = i === 0 ? -1 : recall[i - 1]!
    for (; k >= 0 && recallGrid[k]! > below; k--) sum += highest
  }
  return sum / 101
}

const mean = (values: Float64Array): number => values.reduce((s, v) => s + v, 0) / values.length
