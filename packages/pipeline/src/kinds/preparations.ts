// Preparations: how each film became the square film of a run: what was on disk, which grey levels were kept, and the
// map from its pixels to those of the square film. Boxes follow the same map.
import { tableKind } from '../Kind.ts'

export interface PreparationRow {
  readonly film: string
  /** `dicom`, `png`, `jpeg`, `tiff` */
  readonly format: string
  /** size on disk, in pixels */
  readonly rows: number
  readonly columns: number
  /** bits a pixel as stored */
  readonly bits: number
  /** true for MONOCHROME1: white was air, and was turned */
  readonly inverted: boolean
  /** grey levels kept: `depth` for all of them, else shape, centre and width, such as `LINEAR 15000 30000` */
  readonly window: string
  /** x on the square film = (x + padX) · scale; y likewise */
  readonly scale: number
  readonly padX: number
  readonly padY: number
  /** what padding is filled with, in [0, 1] */
  readonly padding: number
}

export const Preparations = tableKind<PreparationRow>()('preparations', {
  layout: 'table',
  columns: {
    film: 'utf8',
    format: 'utf8',
    rows: 'int32',
    columns: 'int32',
    bits: 'int32',
    inverted: 'bool',
    window: 'utf8',
    scale: 'float64',
    padX: 'int32',
    padY: 'int32',
    padding: 'float64',
  },
  sortBy: ['film'],
})
