// Where the words beside the boxes stand: above or below their box, further off where other words already stand.
import type { Size } from './view.ts'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** CSS pixels of a letter and of a line, as in the style sheet, roughly. */
const LETTER = 6.9
const LINE = 14
/** Lines tried above and below. */
const TRIES = 8

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** @returns where each text begins, on its base line; undefined for a box out of sight */
export const placeWords = (
  boxes: ReadonlyArray<Box>,
  texts: ReadonlyArray<string>,
  pane: Size,
): ReadonlyArray<{ readonly x: number; readonly y: number } | undefined> => {
  const taken: Box[] = []
  const all = { x: 0, y: 0, ...pane }
  return boxes.map((box, i) => {
    if (!overlap(box, all)) return undefined
    const width = texts[i]!.length * LETTER
    const x = Math.max(Math.min(box.x, pane.width - width - 2), 2)
    const lines = Array.from({ length: TRIES }, (_, k) => [
      box.y - 4 - k * LINE,
      box.y + box.height + LINE - 1 + k * LINE,
    ]).flat()
    const areas = lines.map((y): Box => ({ x, y: y - LINE + 3, width, height: LINE }))
    const inside = areas.filter(({ y }) => y >= 0 && y + LINE <= pane.height)
    const area = inside.find((one) => taken.every((other) => !overlap(one, other))) ?? inside[0]
    // a box that fills the pane has its words inside
    const chosen = area ?? { x, y: 2, width, height: LINE }
    taken.push(chosen)
    return { x: chosen.x, y: chosen.y + LINE - 3 }
  })
}
