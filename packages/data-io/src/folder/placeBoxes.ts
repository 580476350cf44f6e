// Boxes of a table in pixels of the film as it is on disk, and held against its edges. Used by checkFolder.
import type { Box } from '@radiograft/geometry'
import type { FolderTables } from '../layouts/FolderLayout.ts'
import type { LabelledBox } from './FilmFolder.ts'

/** Copies of films have boxes that were scaled and rounded to hundredths: so far beyond an edge is at it. */
const ROUNDING = 0.02

export interface FilmSize {
  readonly rows: number
  readonly columns: number
}

const on = (value: number, from: number, to: number): number => {
  const inside = Math.min(Math.max(value, 0), from)
  return from === to ? inside : (inside * to) / from
}

/**
 * @param boxes in pixels of `space`, or of the film where there is none
 * @returns those on the film, clipped to it within rounding, and what is wrong with the others, which leave it or are empty on it, as
 *   sentences
 */
export const placeBoxes = (
  id: string,
  boxes: ReadonlyArray<LabelledBox>,
  { rows, columns }: FilmSize,
  space: FolderTables['boxSpace'],
): { readonly boxes: ReadonlyArray<LabelledBox>; readonly outside: ReadonlyArray<string> } => {
  const [width, height] = space ?? [columns, rows]
  const placed: LabelledBox[] = []
  const outside: string[] = []
  for (const { box, label } of boxes) {
    const [x0, y0, x1, y1] = box
    if (x0 < -ROUNDING || y0 < -ROUNDING || x1 > width + ROUNDING || y1 > height + ROUNDING) {
      const film = space ? `the originals of ${width} x ${height}` : `its film of ${width} x ${height}`
      outside.push(`the box from (${x0}, ${y0}) to (${x1}, ${y1}) of ${id} leaves ${film}`)
      continue
    }
    const scaled: Box = [on(x0, width, columns), on(y0, height, rows), on(x1, width, columns), on(y1, height, rows)]
    // within rounding of an edge a box may lie beside the film
    if (scaled[2] <= scaled[0] || scaled[3] <= scaled[1]) {
      outside.push(`the box from (${x0}, ${y0}) to (${x1}, ${y1}) of ${id} is empty on its film`)
      continue
    }
    placed.push({ box: scaled, label })
  }
  return { boxes: placed, outside }
}
