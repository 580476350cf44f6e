// Whether boxes were left in the pixels of other films: RSNA's boxes are in those of 1024 x 1024 films, and copies of the
// films of another size are often kept with the boxes as they were. Used by checkFolder.
import type { Box } from '@radiograft/geometry'
import type { FilmRow } from '../layouts/FolderLayout.ts'
import type { FilmSize } from './placeBoxes.ts'

const ORIGINAL = 1024

const fits = ([x0, y0, x1, y1]: Box): boolean => x0 >= 0 && y0 >= 0 && x1 <= ORIGINAL && y1 <= ORIGINAL

/**
 * @param films as they are on disk, with their rows
 * @param skipBad whether films at fault are left out: the films whose boxes happen to fit would then be learned from with
 *   boxes of another scale, so any two boxes that leave their films and would fit on originals are enough
 * @returns a sentence where half of the boxes, and at least two, leave their films and all would fit on originals
 */
export const wrongScale = (
  films: ReadonlyArray<{ readonly size: FilmSize; readonly row: FilmRow }>,
  skipBad = false,
): string | undefined => {
  const all = films.flatMap(({ size, row }) => row.boxes.map(({ box }) => ({ box, size })))
  const outside = all.filter(({ box, size }) => box[2] > size.columns + 1 || box[3] > size.rows + 1)
  const rescaled = outside.filter(({ box, size }) => fits(box) && size.rows < ORIGINAL && size.columns < ORIGINAL)
  const most =
    outside.length * 2 >= all.length && rescaled.length === outside.length && all.every(({ box }) => fits(box))
  if (rescaled.length < 2 || !(most || skipBad)) return undefined
  return (
    `${rescaled.length} of ${all.length} boxes leave their films: they look like pixels of ${ORIGINAL} x ${ORIGINAL} ` +
    'originals. Scale them in the labels as the films were scaled, or use the original films'
  )
}
