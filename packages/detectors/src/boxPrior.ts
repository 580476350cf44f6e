// The baseline that looks at no pixel: where opacities are in training films, there it says they are in every film. A
// detector that does not beat it has learned the prior. Used by the `box-prior` stage.
import type { Box } from '@radiograft/geometry'
import { boxIou } from '@radiograft/geometry'

export interface PriorBox {
  readonly box: Box
  /** share of the training films with a box on that side, in [0, 1] */
  readonly score: number
}

export interface BoxPriorOptions {
  /**
   * `median`: the median of each coordinate; `medoid`: the training box of largest mean IoU with the others, always a
   * real box. @default 'median'
   */
  readonly centre?: 'median' | 'medoid'
}

/**
 * The prior boxes: one for each half of the film that has training boxes, the image's left half (the patient's right)
 * first. The two halves are the two clusters: opacities lie in one lung each.
 * @param films boxes of every training film, films without boxes too: they count in the score
 * @param width of the films, in pixels
 */
export const boxPrior = (
  films: ReadonlyArray<ReadonlyArray<Box>>,
  width: number,
  { centre = 'median' }: BoxPriorOptions = {},
): ReadonlyArray<PriorBox> => {
  const onLeft = (box: Box): boolean => box[0] + box[2] < width
  return [true, false].flatMap((left) => {
    const having = films.filter((boxes) => boxes.some((box) => onLeft(box) === left))
    const boxes = having.flatMap((film) => film.filter((box) => onLeft(box) === left))
    if (boxes.length === 0) return []
    return [{ box: centre === 'median' ? medianBox(boxes) : medoid(boxes), score: having.length / films.length }]
  })
}

const median = (values: ReadonlyArray<number>): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}

const medianBox = (boxes: ReadonlyArray<Box>): Box => [
  median(boxes.map((box) => box[0])),
  median(boxes.map((box) => box[1])),
  median(boxes.map((box) => box[2])),
  median(boxes.map((box) => box[3])),
]

/** Ties go to the first. */
const medoid = (boxes: ReadonlyArray<Box>): Box => {
  const sums = boxes.map((box) => boxes.reduce((sum, other) => sum + boxIou(box, other), 0))
  return boxes[sums.indexOf(Math.max(...sums))]!
}
