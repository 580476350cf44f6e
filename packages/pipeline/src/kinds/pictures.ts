// Pictures: films as the report's viewer shows them: one PNG a film and layer. A layer is what one stage made of a film
// (`film`, `aligned`, `generated normal`), so that two stages of one film can be laid side by side.
import { tableKind } from '../Kind.ts'

export interface PictureRow {
  readonly film: string
  /** what a reader calls it, such as `generated normal` */
  readonly layer: string
  /** place of the layer among those of its film, ascending */
  readonly order: number
  /** layers of one frame lie pixel on pixel, and marks of that frame fit them */
  readonly frame: string
  readonly width: number
  readonly height: number
  /** value of a black and of a white pixel, such as 0 and 1, so that the viewer can name window and level */
  readonly low: number
  readonly high: number
  /** 8-bit greyscale PNG */
  readonly png: Uint8Array
}

export const Pictures = tableKind<PictureRow>()('pictures', {
  layout: 'table',
  columns: {
    film: 'utf8',
    layer: 'utf8',
    order: 'int32',
    frame: 'utf8',
    width: 'int32',
    height: 'int32',
    low: 'float64',
    high: 'float64',
    png: 'bytes',
  },
  sortBy: ['film', 'order', 'layer'],
})
