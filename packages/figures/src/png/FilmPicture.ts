// What the pictures of this package take as a film.
import { FigureError } from '../FigureError.ts'

/** A film to be shown: pixels in [0, 1], row-major [height, width]; values beyond are shown as black or white. */
export interface FilmPicture {
  readonly pixels: Float32Array
  readonly height: number
  readonly width: number
}

/**
 * 8-bit grey values [height, width].
 * @throws FigureError when the sizes do not fit or a pixel is NaN: a black square would hide the fault
 */
export const toGreyBytes = (where: string, film: FilmPicture): Uint8Array => {
  if (film.pixels.length !== film.height * film.width) {
    throw new FigureError(where, `${film.pixels.length} pixels are no film of ${film.height} x ${film.width}`)
  }
  const bytes = new Uint8Array(film.pixels.length)
  for (let i = 0; i < bytes.length; i++) {
    const value = film.pixels[i]!
    if (Number.isNaN(value)) throw new FigureError(where, `pixel ${i} of a ${film.height} x ${film.width} film is NaN`)
    bytes[i] = Math.round(Math.min(Math.max(value, 0), 1) * 255)
  }
  return bytes
}
