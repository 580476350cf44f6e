// Whether boxes were left in the pixels of other films: RSNA's boxes are in those of 1024 x 1024 films, and copies of the
// films of another size are often kept with the boxes as they were. Used by checkFolder.
import type { FilmRow } from '../layouts/FolderLayout.ts'
import type { FilmSize } from './placeBoxes.ts'

const ORIGINAL = 1024

/**
 * @param films as they are on disk, with their rows
 * @returns a sentence where half of the boxes, and at least two, leave their films and all would fit on originals
 */
export const wrongScale = (
  films: ReadonlyArray<{ readonly size: FilmSize; readonly row: FilmRow }>,
): string | undefined => {
  const all = films.flatMap(({ size, row }) => row.boxes.map(({ box }) => ({ box, size })))
  const outside = all.filter(({ box, size }) => box[2] > size.columns + 1 || box[3] > size.rows + 1)
  const fit = all.every(({ box }) => box[2] <= ORIGINAL && box[3] <= ORIGINAL)
  const smaller = outside.every(({ size }) => size.rows < ORIGINAL && size.columns < ORIGINAL)
  if (outside.length < 2 || outside.length * 2 < all.length || !fit || !smaller) return undefined
  return (
    `${outside.length} of ${all.length} boxes leave their films: they look like pixels of ${ORIGINAL} x ${ORIGINAL} ` +
    'originals. Scale them in the labels as the films were scaled, or use the original films'
  )
}
