// Entry of `restore-detections`. A box that lies wholly beyond the source film has no place there and is dropped.
import { isEmptyBox } from '@radiograft/geometry'
import type { RunOf } from '@radiograft/pipeline'
import { AlignError } from '../AlignError.ts'
import { restoreBox } from '../restoreBox.ts'
import { thetaOf } from './thetaRow.ts'
import type { restoreDetections } from './restoreDetections.ts'

export const run: RunOf<typeof restoreDetections> = ({ inputs }) => {
  const { height, width } = inputs.films
  const thetas = new Map(inputs.transforms.map((row) => [row.film, thetaOf(row)]))
  const detections = inputs.detections.flatMap(({ film, x0, y0, x1, y1, score }) => {
    const theta = thetas.get(film)
    if (!theta) throw new AlignError(film, 'this film has detections but no map: wire the maps of the same films')
    const box = restoreBox([x0, y0, x1, y1], theta, height, width)
    return isEmptyBox(box) ? [] : [{ film, x0: box[0], y0: box[1], x1: box[2], y1: box[3], score }]
  })
  return { detections }
}
