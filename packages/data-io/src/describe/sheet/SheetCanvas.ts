// A picture to draw films, boxes and words on. Used by drawContactSheet.
import type { Box } from '@radiograft/geometry'
import { GLYPH, glyphRows } from './glyphRows.ts'

export type Rgb = readonly [red: number, green: number, blue: number]

export const INK: Rgb = [26, 26, 26]
export const FAINT: Rgb = [89, 89, 89]
const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]
/** Okabe and Ito's orange, as ground truth is drawn in every figure here. */
export const ORANGE: Rgb = [230, 159, 0]

export interface SheetCanvas {
  readonly width: number
  readonly height: number
  /** [height, width, 3] */
  readonly pixels: Uint8Array
  /** Grey film in [0, 1], [side, side], its top left corner at (x, y). */
  readonly film: (pixels: Float32Array, side: number, x: number, y: number) => void
  /** A line of two pixels along a box, a dark line around it, cut at the film's edge; `label` on a dark tab. */
  readonly box: (box: Box, side: number, x: number, y: number, label?: string) => void
  /** Top left corner at (x, y); `scale` 1 is 6 x 13 pixels a character. */
  readonly text: (
    words: string,
    x: number,
    y: number,
    options?: { readonly scale?: number; readonly ink?: Rgb },
  ) => void
}

/** The words, or their beginning and two dots. */
export const cutText = (words: string, room: number, scale = 1): string => {
  const most = Math.floor(room / (GLYPH.width * scale))
  const characters = Array.from(words)
  return characters.length <= most ? words : `${characters.slice(0, Math.max(0, most - 2)).join('')}..`
}

/** The words in lines as wide as the room, cut anywhere: ids have no places to break at. */
export const wrapAnywhere = (words: string, room: number): ReadonlyArray<string> => {
  const characters = Array.from(words)
  const most = Math.floor(room / GLYPH.width)
  return Array.from({ length: Math.ceil(characters.length / most) }, (_, i) =>
    characters.slice(i * most, (i + 1) * most).join(''),
  )
}

export const sheetCanvas = (width: number, height: number): SheetCanvas => {
  const pixels = new Uint8Array(width * height * 3).fill(WHITE[0])
  const dot = (x: number, y: number, ink: Rgb): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) pixels.set(ink, 3 * (y * width + x))
  }
  const rectangle = (x0: number, y0: number, x1: number, y1: number, ink: Rgb): void => {
    for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) dot(x, y, ink)
  }
  const text: SheetCanvas['text'] = (words, x, y, { scale = 1, ink = INK } = {}) => {
    Array.from(words).forEach((character, i) =>
      glyphRows(character).forEach((bits, row) => {
        for (let column = 0; column < GLYPH.width; column++) {
          if (((bits >> (GLYPH.width - 1 - column)) & 1) === 0) continue
          const [left, top] = [x + (i * GLYPH.width + column) * scale, y + row * scale]
          rectangle(left, top, left + scale, top + scale, ink)
        }
      }),
    )
  }
  return {
    width,
    height,
    pixels,
    text,
    film: (film, side, x, y) => {
      for (let r = 0; r < side; r++)
        for (let c = 0; c < side; c++) {
          const grey = Math.round(255 * Math.min(1, Math.max(0, film[r * side + c]!)))
          dot(x + c, y + r, [grey, grey, grey])
        }
    },
    box: (box, side, x, y, label) => {
      const [x0, y0, x1, y1] = box.map(Math.round) as [number, number, number, number]
      // the ring of pixels that lie `out` pixels outside the box, negative: inside
      const ring = (out: number, ink: Rgb): void => {
        const [left, top, right, bottom] = [x0 - out, y0 - out, x1 - 1 + out, y1 - 1 + out]
        const on = (c: number, r: number): void => {
          if (c >= 0 && r >= 0 && c < side && r < side) dot(x + c, y + r, ink)
        }
        for (let c = left; c <= right; c++) for (const r of [top, bottom]) on(c, r)
        for (let r = top; r <= bottom; r++) for (const c of [left, right]) on(c, r)
      }
      for (const [out, ink] of [
        [1, BLACK],
        [0, ORANGE],
        [-1, ORANGE],
        [-2, BLACK],
      ] as const)
        ring(out, ink)
      if (label === undefined) return
      const words = cutText(label, side - 4)
      const wide = words.length * GLYPH.width + 4
      const left = Math.max(0, Math.min(x0, side - wide))
      const top = y0 >= GLYPH.height + 2 ? y0 - GLYPH.height - 2 : Math.max(0, y0 + 3)
      rectangle(x + left, y + top, x + left + wide, y + top + GLYPH.height, BLACK)
      text(words, x + left + 2, y + top, { ink: ORANGE })
    },
  }
}
