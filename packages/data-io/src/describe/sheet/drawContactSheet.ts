// Rows of films with their boxes and names under a title: what a person looks at before they train. Used by contactSheet.
import type { Box } from '@radiograft/geometry'
import { GLYPH } from './glyphRows.ts'
import { cutText, FAINT, INK, sheetCanvas, wrapAnywhere } from './SheetCanvas.ts'
import type { Rgb, SheetCanvas } from './SheetCanvas.ts'

/** Side of a film on the sheet. */
export const SHEET_FILM = 224
export const SHEET_COLUMNS = 6

const MARGIN = 16
const GAP = 12
const LINE = GLYPH.height + 2
const HEADING = 2 * GLYPH.height + 8

export interface SheetCell {
  /** [224 · 224] in [0, 1] */
  readonly pixels: Float32Array
  /** in pixels of the 224 x 224 film */
  readonly boxes: ReadonlyArray<{ readonly box: Box; readonly label?: string }>
  /** under the film, in as many lines as it takes */
  readonly name: string
  /** fainter words under the name, a line each */
  readonly lines: ReadonlyArray<string>
}

export interface Sheet {
  readonly title: string
  /** smaller lines under the title */
  readonly notes: ReadonlyArray<string>
  /** at most six cells a row */
  readonly rows: ReadonlyArray<{ readonly title: string; readonly cells: ReadonlyArray<SheetCell> }>
}

const WIDTH = 2 * MARGIN + SHEET_COLUMNS * SHEET_FILM + (SHEET_COLUMNS - 1) * GAP

const linesOf = ({ name, lines }: SheetCell): ReadonlyArray<{ readonly words: string; readonly ink: Rgb }> => [
  ...wrapAnywhere(name, SHEET_FILM).map((words) => ({ words, ink: INK })),
  ...lines.map((words) => ({ words: cutText(words, SHEET_FILM), ink: FAINT })),
]

export const drawContactSheet = ({ title, notes, rows }: Sheet): SheetCanvas => {
  const rowHeight = (cells: ReadonlyArray<SheetCell>): number =>
    HEADING + SHEET_FILM + 4 + Math.max(0, ...cells.map((cell) => linesOf(cell).length)) * LINE + GAP
  const top = MARGIN + HEADING + notes.length * LINE + GAP
  const height = top + rows.reduce((sum, { cells }) => sum + rowHeight(cells), 0) + MARGIN - GAP
  const sheet = sheetCanvas(WIDTH, height)
  const room = WIDTH - 2 * MARGIN
  sheet.text(cutText(title, room, 2), MARGIN, MARGIN, { scale: 2 })
  notes.forEach((note, i) => sheet.text(cutText(note, room), MARGIN, MARGIN + HEADING + i * LINE, { ink: FAINT }))
  let y = top
  for (const row of rows) {
    sheet.text(cutText(row.title, room, 2), MARGIN, y, { scale: 2 })
    row.cells.forEach((cell, i) => {
      const x = MARGIN + i * (SHEET_FILM + GAP)
      sheet.film(cell.pixels, SHEET_FILM, x, y + HEADING)
      for (const { box, label } of cell.boxes) sheet.box(box, SHEET_FILM, x, y + HEADING, label)
      const under = y + HEADING + SHEET_FILM + 4
      linesOf(cell).forEach(({ words, ink }, n) => sheet.text(words, x, under + n * LINE, { ink }))
    })
    y += rowHeight(row.cells)
  }
  return sheet
}
