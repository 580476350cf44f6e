// Several plots as one figure: losses of unlike size side by side, values above their differences. Used by stages whose
// answer needs more than one axis.
import { FigureError } from '../FigureError.ts'
import { element, escapeText, label, svgDocument } from './element.ts'
import type { Picture } from './Picture.ts'
import { wrapText } from './wrapText.ts'

/** Pictures under one title, in reading order. */
export interface PictureGrid {
  readonly title: string
  /** Default: the pictures' own descriptions, one after another. */
  readonly description?: string
  readonly pictures: ReadonlyArray<Picture>
  /** Pictures a row. @default 1 */
  readonly columns?: number
}

const GAP = 8

/**
 * The grid as an SVG string: columns as wide as their widest picture, rows as high as their highest.
 * @throws FigureError without pictures or with a bad number of columns
 */
export const pictureGrid = (grid: PictureGrid): string => {
  const { title, pictures, columns = 1 } = grid
  if (pictures.length === 0) throw new FigureError('pictureGrid', 'no pictures')
  if (!Number.isSafeInteger(columns) || columns < 1)
    throw new FigureError('pictureGrid', `cannot lay out ${columns} columns`)
  const across = Math.min(columns, pictures.length)
  const widths = Array.from({ length: across }, (_, c) =>
    Math.max(...pictures.filter((_, i) => i % across === c).map((picture) => picture.width)),
  )
  const width = widths.reduce((sum, w) => sum + w, 0) + GAP * (across - 1)
  const titleLines = wrapText(title, width - 28, 3, 17)
  const body = titleLines.map((text, i) => label(14, 28 + i * 21, text, { size: 17, bold: true }))
  let y = 12 + titleLines.length * 21
  for (let first = 0; first < pictures.length; first += across) {
    const row = pictures.slice(first, first + across)
    let x = 0
    row.forEach((picture, c) => {
      // a group of its own, so that a screen reader hears each picture's name
      body.push(
        element(
          'svg',
          { x, y, width: picture.width, height: picture.height },
          element('title', {}, escapeText(picture.title) || ' ') + picture.body,
        ),
      )
      x += widths[c]! + GAP
    })
    y += Math.max(...row.map((picture) => picture.height)) + GAP
  }
  const description = grid.description ?? pictures.map((one) => `${one.title}: ${one.description}`).join(' ')
  return svgDocument({ width, height: y - GAP, title, description, body: body.join('') })
}
