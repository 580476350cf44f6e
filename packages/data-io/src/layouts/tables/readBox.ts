// A box from four cells x, y, width, height. Used by the layouts whose tables hold boxes.
import type { Box } from '@radiograft/geometry'
import type { FolderProblemKind } from '../../folder/FolderError.ts'
import { quoted } from '../../folder/report.ts'

const NAMES = ['x', 'y', 'width', 'height']

/**
 * @param cells x, y, width, height, as text
 * @returns [x0, y0, x1, y1], ends exclusive, or what is wrong, as the rest of a sentence
 */
export const readBox = (
  cells: ReadonlyArray<string>,
): { readonly box: Box } | { readonly kind: FolderProblemKind; readonly what: string } => {
  const values = cells.map((text) => (text === '' ? NaN : Number(text)))
  const wrong = values.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) return { kind: 'number', what: `${NAMES[wrong]!} is ${quoted(cells[wrong]!)}, expected a number` }
  const [x, y, width, height] = values as [number, number, number, number]
  if (width <= 0 || height <= 0)
    return { kind: 'box', what: `the box is ${width} x ${height} pixels, it must not be empty` }
  return { box: [x, y, x + width, y + height] }
}
