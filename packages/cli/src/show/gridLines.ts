// Films side by side: written as one PNG, drawn in the terminal where it can, and which film stands where.
import { writeFileSync } from 'node:fs'
import { printableLine } from '../text/printable.ts'
import { blockLines, sixelOf } from './drawPicture.ts'
import { filmGrid, pngOf, resized } from './filmGrid.ts'
import type { PortOptions } from './PortOptions.ts'
import { cut } from './tableLines.ts'

/** A film is drawn in the terminal at least this wide. */
const drawnWidth = 38
const widestSixel = 800

interface Grid {
  readonly pixels: ReadonlyArray<Float32Array>
  readonly size: { readonly height: number; readonly width: number }
  /** how many stand side by side */
  readonly across: number
  readonly window: readonly [black: number, white: number]
  /** what stands in each row */
  readonly rows: ReadonlyArray<string>
}

export const gridLines = async (
  { pixels, size, across, window, rows }: Grid,
  file: string,
  { drawing, columns, paint }: Pick<PortOptions, 'drawing' | 'columns' | 'paint'>,
): Promise<ReadonlyArray<string>> => {
  const grid = filmGrid(pixels, size, across, window)
  // small films grow by whole pixels
  const times = Math.max(1, Math.floor(128 / size.width))
  writeFileSync(file, await pngOf(await resized(grid, grid.width * times)))
  const beside = Math.max(1, Math.min(pixels.length, Math.floor(columns / drawnWidth)))
  const few = filmGrid(pixels.slice(0, beside), size, beside, window)
  const drawn =
    drawing === 'none'
      ? []
      : drawing === 'sixel'
        ? [sixelOf(await resized(grid, Math.min(widestSixel, grid.width * times)))]
        : [...blockLines(await resized(few, Math.min(columns, beside * 64)), drawing), paint.dim(`the first ${beside}`)]
  return [
    ...drawn,
    `picture  ${printableLine(file)}`,
    ...rows.map((names, i) => paint.dim(cut(`  row ${i + 1}: ${printableLine(names)}`, columns))),
  ]
}
