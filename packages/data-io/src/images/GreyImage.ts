// A grey picture file (PNG, JPEG, TIFF) as its stored values, before any scaling. Made by readImage, written by
// encodeImage; readFilm turns it into a film.
export type ImageFormat = 'png' | 'jpeg' | 'tiff'

export interface ImageHeader {
  readonly format: ImageFormat
  /** as shown: after the orientation that the file asks for */
  readonly rows: number
  readonly columns: number
  /** bits a sample as stored: 1, 2, 4 and 8 come as 8, more as 16 */
  readonly bits: 8 | 16
}

export interface GreyImage extends ImageHeader {
  /** [rows · columns], row-major, 0 to 2^bits − 1, 0 is black (a TIFF that says white is zero is turned) */
  readonly stored: Uint8Array | Uint16Array
}
