// A heat map (class activation, attention, difference) over a film, as RGB. Used by filmStrip.
import { resizeArea } from '@radiograft/geometry'
import { FigureError } from '../FigureError.ts'
import { toGreyBytes } from '../png/FilmPicture.ts'
import type { FilmPicture } from '../png/FilmPicture.ts'
import { heatColour } from '../svg/palette.ts'

/** A map in [0, 1], [height, width], of any size: it is stretched over the film. */
export type HeatMap = FilmPicture

/** How much of the film a heat of 1 hides. */
export const HEAT_OPACITY = 0.65

/**
 * The film with the heat over it, RGB [height, width, 3] at the film's size: out = (1 - a) grey + a colour, a = 0.65 heat.
 * Where the heat is 0 the film is untouched.
 */
export const overlayHeat = (where: string, film: FilmPicture, heat: HeatMap): Uint8Array => {
  const grey = toGreyBytes(where, film)
  if (heat.pixels.length !== heat.height * heat.width) {
    throw new FigureError(where, `${heat.pixels.length} values are no heat map of ${heat.height} x ${heat.width}`)
  }
  const stretched = resizeArea(heat.pixels, heat.height, heat.width, film.height, film.width)
  const rgb = new Uint8Array(3 * grey.length)
  for (let i = 0; i < grey.length; i++) {
    const value = Math.min(Math.max(stretched[i]!, 0), 1)
    const alpha = HEAT_OPACITY * value
    const colour = heatColour(value)
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = Math.round((1 - alpha) * grey[i]! + alpha * colour[c]!)
  }
  return rgb
}
