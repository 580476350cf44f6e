// What the header of a PNG, JPEG or TIFF says of its pixels: what is public of it, and what decoding needs to know. Made
// by readLayout, for readImage and checkImageFile.
import type { ImageFormat, ImageHeader } from './GreyImage.ts'
import type { Orientation } from './orient.ts'

export interface ImageLayout {
  readonly format: ImageFormat
  /** as stored: before the orientation is followed */
  readonly rows: number
  readonly columns: number
  readonly bits: 8 | 16
  /** `several` (RGB, a palette, an alpha channel) is grey only where all are equal, which the pixels alone show */
  readonly channels: 'one' | 'several'
  readonly orientation: Orientation
}

/** Orientations from 5 on lay rows along columns. */
export const headerOf = ({ format, rows, columns, bits, orientation }: ImageLayout): ImageHeader =>
  orientation < 5 ? { format, rows, columns, bits } : { format, rows: columns, columns: rows, bits }
