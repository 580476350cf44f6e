// A table of films with headers, boxes and heat maps: before and after, ground truth and detection, one case a row. The
// films are PNG inside the SVG, so the string is the whole picture. Made by stages, shown by the report.
import { FigureError } from '../FigureError.ts'
import { encodePng } from '../png/encodePng.ts'
import { toGreyBytes } from '../png/FilmPicture.ts'
import type { FilmPicture } from '../png/FilmPicture.ts'
import { element, label, line, svgDocument } from '../svg/element.ts'
import { heatColour, ink, palette } from '../svg/palette.ts'
import { textWidth, wrapText } from '../svg/wrapText.ts'
import type { OverlayBox } from './OverlayBox.ts'
import { HEAT_OPACITY, overlayHeat } from './overlayHeat.ts'
import type { HeatMap } from './overlayHeat.ts'

/** One film of the table with what lies over it. */
export interface FilmCell {
  readonly film: FilmPicture
  readonly boxes?: ReadonlyArray<OverlayBox>
  readonly heat?: HeatMap
  /** Up to two lines under the film, such as a distance or a probability. */
  readonly note?: string
}

/** A table of films. */
export interface FilmStrip {
  readonly title: string
  /** What a reader should look at; also for those who do not see the picture. Default: made from titles and labels. */
  readonly description?: string
  readonly columns: ReadonlyArray<{ readonly title: string }>
  /** Each row has a cell for each column; null leaves the place empty. */
  readonly rows: ReadonlyArray<{ readonly label: string; readonly cells: ReadonlyArray<FilmCell | null> }>
  /** Longer side of a film on the page, in pixels. @default 160 */
  readonly cellPixels?: number
  /** What the heat means, for the legend. @default 'heat' */
  readonly heatMeaning?: string
}

const GAP = 10
const MARGIN = 14
const LINE = 15

const dashes = { solid: undefined, dashed: '5 3', dotted: '2 2' } as const
const dash = (box: OverlayBox): string | undefined => dashes[box.line ?? 'solid']

/** A box as a coloured line on a wider dark one, so that it shows on lung and on bone. */
const drawBox = (overlay: OverlayBox, scale: number): string => {
  const [x0, y0, x1, y1] = overlay.box
  const shape = { x: x0 * scale, y: y0 * scale, width: (x1 - x0) * scale, height: (y1 - y0) * scale, fill: 'none' }
  return (
    element('rect', { ...shape, stroke: '#000000', 'stroke-opacity': 0.55, 'stroke-width': 3.5 }) +
    element('rect', {
      ...shape,
      stroke: palette[overlay.colour],
      'stroke-width': overlay.line === 'dotted' ? 2.25 : 1.75, // dots carry less ink
      'stroke-dasharray': dash(overlay),
    })
  )
}

/** The box's label on a dark tab above it, or inside at the top where the film ends. */
const drawBoxLabel = (overlay: OverlayBox, scale: number, width: number): string => {
  if (overlay.label === undefined || overlay.label === '') return ''
  const tab = textWidth(overlay.label, 11) + 4
  const x = Math.min(Math.max(overlay.box[0] * scale - 1, 0), Math.max(width - tab, 0))
  const above = overlay.box[1] * scale - 15
  const y = above >= 0 ? above : Math.max(overlay.box[1] * scale + 2, 0)
  return (
    element('rect', { x, y, width: tab, height: 14, fill: '#000000', 'fill-opacity': 0.7 }) +
    label(x + 2, y + 11, overlay.label, { size: 11, fill: palette[overlay.colour] })
  )
}

const drawCell = (
  cell: FilmCell,
  side: number,
): { readonly markup: string; readonly width: number; readonly height: number } => {
  const { film, boxes = [], heat } = cell
  const pixels = heat === undefined ? toGreyBytes('filmStrip', film) : overlayHeat('filmStrip', film, heat)
  const png = encodePng({ width: film.width, height: film.height, pixels })
  const scale = side / Math.max(film.width, film.height)
  const width = film.width * scale
  const height = film.height * scale
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const markup =
    element('image', { href, width, height, preserveAspectRatio: 'none' }) +
    boxes.map((box) => drawBox(box, scale)).join('') +
    boxes.map((box) => drawBoxLabel(box, scale, width)).join('')
  return { markup, width, height }
}

/** Sample and words for each kind of line, and a bar for the heat, in lines of at most `room` pixels. */
const drawLegend = (
  strip: FilmStrip,
  room: number,
): { readonly markup: (x: number, y: number) => string; readonly lines: number } => {
  const cells = strip.rows.flatMap((row) => row.cells).filter((cell) => cell !== null)
  const kinds = new Map<string, OverlayBox>()
  for (const box of cells.flatMap((cell) => cell.boxes ?? [])) {
    if (box.meaning !== undefined) kinds.set(`${box.meaning} ${box.colour} ${box.line ?? 'solid'}`, box)
  }
  const entries = [...kinds.values()].map((box) => ({
    width: 26 + textWidth(box.meaning!) + 18,
    draw: (x: number, y: number) =>
      // the sample lies on a dark chip, as the line does on a film
      element('rect', { x, y: y - 11, width: 22, height: 14, fill: '#262626', rx: 2 }) +
      line(x + 2, y - 4, x + 20, y - 4, palette[box.colour], { width: 2, dash: dash(box) }) +
      label(x + 27, y, box.meaning!),
  }))
  if (cells.some((cell) => cell.heat !== undefined)) {
    const words = `${strip.heatMeaning ?? 'heat'}: 0 to 1`
    const steps = 12
    entries.push({
      width: 66 + textWidth(words) + 18,
      draw: (x, y) =>
        // over mid-grey and as translucent as on a film: a heat of 0 shows nothing
        element('rect', { x, y: y - 11, width: 60, height: 14, fill: '#808080' }) +
        Array.from({ length: steps }, (_, i) => {
          const heat = i / (steps - 1)
          const [red, green, blue] = heatColour(heat).map(Math.round)
          const fill = `rgb(${red},${green},${blue})`
          return element('rect', {
            x: x + 5 * i,
            y: y - 11,
            width: 5,
            height: 14,
            fill,
            'fill-opacity': HEAT_OPACITY * heat,
          })
        }).join('') +
        label(x + 66, y, words),
    })
  }
  const places: Array<{ x: number; row: number }> = []
  let x = 0
  let row = 0
  for (const entry of entries) {
    if (x > 0 && x + entry.width > room) {
      x = 0
      row += 1
    }
    places.push({ x, row })
    x += entry.width
  }
  return {
    lines: entries.length === 0 ? 0 : row + 1,
    markup: (left, top) =>
      entries.map((entry, i) => entry.draw(left + places[i]!.x, top + places[i]!.row * 20)).join(''),
  }
}

const describe = (strip: FilmStrip): string =>
  `Films in ${strip.rows.length} rows (${strip.rows.map((row) => row.label).join('; ')}) ` +
  `and ${strip.columns.length} columns (${strip.columns.map((column) => column.title).join('; ')}).`

/**
 * The table as an SVG string. Text is escaped, films keep their shape, boxes that reach beyond a film are cut at its edge.
 * @throws FigureError when a row has another number of cells than there are columns, or a film's pixels do not fit
 */
export const filmStrip = (strip: FilmStrip): string => {
  const { columns, rows, cellPixels: side = 160 } = strip
  if (columns.length === 0 || rows.length === 0) throw new FigureError('filmStrip', 'a table needs a row and a column')
  for (const row of rows) {
    if (row.cells.length !== columns.length) {
      throw new FigureError(
        'filmStrip',
        `row '${row.label}' has ${row.cells.length} cells for ${columns.length} columns`,
      )
    }
  }
  // as wide as the widest word, within reason
  const words = rows.flatMap((row) => row.label.split(/\s+/)).filter((word) => word !== '')
  const labelWidth = words.length === 0 ? 0 : Math.min(Math.max(110, ...words.map((word) => textWidth(word) + 10)), 150)
  const width = Math.max(2 * MARGIN + labelWidth + columns.length * (side + GAP) - GAP, 280)
  const titleLines = wrapText(strip.title, width - 2 * MARGIN, 3, 15)
  const headers = columns.map((column) => wrapText(column.title, side, 3))
  const headerHeight = Math.max(...headers.map((lines) => lines.length)) * LINE
  const legend = drawLegend(strip, width - 2 * MARGIN)

  const body: string[] = titleLines.map((text, i) =>
    label(MARGIN, MARGIN + 14 + i * 19, text, { size: 15, bold: true }),
  )
  let y = MARGIN + titleLines.length * 19 + 6
  if (legend.lines > 0) {
    body.push(legend.markup(MARGIN, y + 13))
    y += legend.lines * 20 + 6
  }
  const left = MARGIN + labelWidth
  headers.forEach((lines, c) =>
    lines.forEach((text, i) => {
      const base = y + headerHeight - (lines.length - 1 - i) * LINE - 4
      body.push(label(left + c * (side + GAP), base, text, { bold: true }))
    }),
  )
  y += headerHeight + 2
  for (const row of rows) {
    const cells = row.cells.map((cell) => (cell === null ? null : drawCell(cell, side)))
    const height = Math.max(...cells.map((cell) => cell?.height ?? 0), 2 * LINE)
    wrapText(row.label, labelWidth - 10, Math.max(1, Math.floor(height / LINE)), 12).forEach((text, i) =>
      body.push(label(MARGIN, y + 12 + i * LINE, text)),
    )
    const notes = row.cells.map((cell) => wrapText(cell?.note ?? '', side, 2, 11))
    cells.forEach((cell, c) => {
      const x = left + c * (side + GAP)
      // an inner svg cuts at its edge, so that no box leaves its film
      if (cell !== null) body.push(element('svg', { x, y, width: cell.width, height: cell.height }, cell.markup))
      else body.push(label(x + side / 2, y + height / 2, '–', { anchor: 'middle', fill: ink.faint }))
      notes[c]!.forEach((text, i) => body.push(label(x, y + height + 13 + i * 13, text, { size: 11, fill: ink.faint })))
    })
    const noteLines = Math.max(...notes.map((lines) => lines.length))
    y += height + (noteLines > 0 ? 5 + 13 * noteLines : 0) + GAP
  }
  return svgDocument({
    width,
    height: y - GAP + MARGIN,
    title: strip.title,
    description: strip.description ?? describe(strip),
    body: body.join(''),
  })
}
