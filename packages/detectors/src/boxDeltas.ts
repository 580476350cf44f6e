// Boxes relative to anchors, as regression targets (row G18), and back. `encodeBox` is used by target assignment,
// `decodeBoxes` by detection; with an anchor (x, y, w, h by centre) and a box (x*, y*, w*, h*):
// d = ((x* − x)/w, (y* − y)/h, ln(w*/w), ln(h*/h)) / std, std = (.1, .1, .2, .2).
import type { Box } from '@radiograft/geometry'
import { clipBox } from '@radiograft/geometry'
import { DetectorError } from './DetectorError.ts'

export const defaultDeltaStd: readonly [number, number, number, number] = [0.1, 0.1, 0.2, 0.2]

/** A decoded box is at most this many times its anchor (torchvision's limit): an untrained network must not overflow. */
export const MAX_LOG_SIZE = Math.log(1000 / 16)

/** The four deltas of a box that is not empty, relative to an anchor. */
export const encodeBox = (
  anchor: Box,
  box: Box,
  std: readonly [number, number, number, number] = defaultDeltaStd,
): readonly [dx: number, dy: number, dw: number, dh: number] => {
  const [aw, ah] = [anchor[2] - anchor[0], anchor[3] - anchor[1]]
  const [w, h] = [box[2] - box[0], box[3] - box[1]]
  return [
    (box[0] + w / 2 - (anchor[0] + aw / 2)) / aw / std[0],
    (box[1] + h / 2 - (anchor[1] + ah / 2)) / ah / std[1],
    Math.log(w / aw) / std[2],
    Math.log(h / ah) / std[3],
  ]
}

/**
 * The boxes of some anchors, clipped to the film.
 * @param anchors, deltas [A, 4]
 * @param indices which anchors, such as those above a score floor
 * @param film where boxes are clipped
 */
export const decodeBoxes = (
  anchors: Float32Array,
  deltas: Float32Array,
  indices: ReadonlyArray<number>,
  film: { readonly height: number; readonly width: number },
  std: readonly [number, number, number, number] = defaultDeltaStd,
): ReadonlyArray<Box> => {
  if (anchors.length !== deltas.length) {
    throw new DetectorError('decodeBoxes', `${deltas.length} deltas for ${anchors.length} anchor coordinates`)
  }
  return indices.map((index) => {
    const at = 4 * index
    const [x0, y0, x1, y1] = [anchors[at]!, anchors[at + 1]!, anchors[at + 2]!, anchors[at + 3]!]
    const [aw, ah] = [x1 - x0, y1 - y0]
    const cx = x0 + aw / 2 + deltas[at]! * std[0] * aw
    const cy = y0 + ah / 2 + deltas[at + 1]! * std[1] * ah
    const w = aw * Math.exp(Math.min(deltas[at + 2]! * std[2], MAX_LOG_SIZE))
    const h = ah * Math.exp(Math.min(deltas[at + 3]! * std[3], MAX_LOG_SIZE))
    return clipBox([cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2], film.width, film.height)
  })
}
