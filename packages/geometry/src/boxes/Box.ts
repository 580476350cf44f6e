// The box: the one convention for all packages. Files in other conventions are converted by readers only.
// Used by blend, detectors, metrics, data-io and figures.
import { GeometryError } from '../GeometryError.ts'

/**
 * A box in pixels of its own film: float, x1 and y1 exclusive, origin at the outer corner of the top left pixel.
 * The top left pixel alone is [0, 0, 1, 1], its centre (0.5, 0.5).
 */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number]

/** True when the box holds no area: x1 <= x0 or y1 <= y0 (or a corner is NaN). */
export const isEmptyBox = (box: Box): boolean => !(box[2] > box[0] && box[3] > box[1])

/** Area in pixels; 0 for an empty box. */
export const boxArea = (box: Box): number => (isEmptyBox(box) ? 0 : (box[2] - box[0]) * (box[3] - box[1]))

const onFilm = (value: number, size: number): number => Math.min(Math.max(value, 0), size)

/** The part of the box on a film of that size; an empty box where they do not meet. */
export const clipBox = (box: Box, width: number, height: number): Box => {
  return [onFilm(box[0], width), onFilm(box[1], height), onFilm(box[2], width), onFilm(box[3], height)]
}

/** The same box on a film resized by (sx, sy) = (new width / old width, new height / old height). */
export const scaleBox = (box: Box, sx: number, sy: number): Box => [box[0] * sx, box[1] * sy, box[2] * sx, box[3] * sy]

/**
 * The smallest box around points (x, y).
 * @throws GeometryError when there are none
 */
export const enclosingBox = (points: ReadonlyArray<readonly [x: number, y: number]>): Box => {
  if (points.length === 0) throw new GeometryError('enclosingBox', 'no points')
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
