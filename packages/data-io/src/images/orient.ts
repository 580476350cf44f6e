// Turns and mirrors pixels from how a file stores them to how it says they are shown (EXIF 2.32 section 4.6.5, tag
// 0x0112; TIFF 6 section 8). Equal to Pillow's ImageOps.exif_transpose. Used by readImage.

/** 1: as stored; 2 to 4: mirrored, turned by 180 degrees, upside down; 5 to 8: the same with rows and columns swapped */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** 1 for everything that is no orientation, as other readers have it. */
export const orientationFrom = (value: number | undefined): Orientation =>
  value !== undefined && Number.isInteger(value) && value >= 1 && value <= 8 ? (value as Orientation) : 1

/**
 * @param stored [rows · columns], row-major
 * @returns [rows · columns] or, from orientation 5 on, [columns · rows]; `stored` itself for orientation 1
 */
export const orient = <Pixels extends Uint8Array | Uint16Array>(
  stored: Pixels,
  rows: number,
  columns: number,
  orientation: Orientation,
): Pixels => {
  if (orientation === 1) return stored
  const last = rows * columns - 1
  const bottom = last - columns + 1
  // where the first shown pixel is stored, and the way from there to the pixel below and to the pixel on its right
  const ways: Readonly<Record<Orientation, readonly [start: number, down: number, right: number]>> = {
    1: [0, columns, 1],
    2: [columns - 1, columns, -1],
    3: [last, -columns, -1],
    4: [bottom, -columns, 1],
    5: [0, 1, columns],
    6: [bottom, 1, -columns],
    7: [last, -1, -columns],
    8: [columns - 1, -1, columns],
  }
  const [start, down, right] = ways[orientation]
  const [shownRows, shownColumns] = orientation < 5 ? [rows, columns] : [columns, rows]
  const shown = stored.slice()
  for (let r = 0, to = 0; r < shownRows; r++) {
    for (let c = 0, from = start + r * down; c < shownColumns; c++, from += right) shown[to++] = stored[from]!
  }
  return shown as Pixels
}
