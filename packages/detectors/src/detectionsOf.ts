// From what the network says of one film to its detections: the film's probability joins the boxes' scores, then floor,
// decoding, non-maximum suppression, limit. Outside the graph. Used by `detector`.
import type { Box } from '@radiograft/geometry'
import { isEmptyBox } from '@radiograft/geometry'
import { decodeBoxes } from './boxDeltas.ts'
import { byFallingScore, suppress } from './nms.ts'

/**
 * How the score of a box and the film's probability of being positive make one score: the box alone, their product, or
 * their geometric mean, which keeps the scale of a probability.
 */
export type ScoreRule = 'box' | 'product' | 'geometric'

export interface DetectionOptions {
  /** detections below are dropped @default .05 ([6]: .025) */
  readonly scoreFloor?: number
  /** @default .05, as [6] (row G18): opacities hardly overlap */
  readonly nmsIou?: number
  /** @default 8 */
  readonly maxPerFilm?: number
  /** @default 'box': better than both on validation films of the phantom */
  readonly score?: ScoreRule
}

export interface Detection {
  readonly box: Box
  readonly score: number
}

const rules: Readonly<Record<ScoreRule, (box: number, film: number) => number>> = {
  box: (box) => box,
  product: (box, film) => box * film,
  geometric: (box, film) => Math.sqrt(box * film),
}

/**
 * Detections of one film by falling score, clipped to the film.
 * @param output scores [A] in [0, 1], deltas [A, 4], film: the probability that the film is positive
 * @param anchors [A, 4]
 */
export const detectionsOf = (
  output: { readonly scores: Float32Array; readonly deltas: Float32Array; readonly film: number },
  anchors: Float32Array,
  film: { readonly height: number; readonly width: number },
  { scoreFloor = 0.05, nmsIou = 0.05, maxPerFilm = 8, score = 'box' }: DetectionOptions = {},
): ReadonlyArray<Detection> => {
  const joint = new Float32Array(output.scores.length)
  const above: number[] = []
  for (let i = 0; i < joint.length; i++) {
    joint[i] = rules[score](output.scores[i]!, output.film)
    // also what is not a number, so that it is told
    if (!(joint[i]! < scoreFloor)) above.push(i)
  }
  // decoded one by one, because most are never looked at: the first few that stay are all that is wanted
  const boxAt = (i: number) => {
    const [box] = decodeBoxes(anchors, output.deltas, [i], film)
    return isEmptyBox(box!) ? undefined : box
  }
  const kept = suppress(byFallingScore(above, joint), boxAt, nmsIou, maxPerFilm)
  return kept.map(({ index, box }) => ({ box, score: joint[index]! }))
}
