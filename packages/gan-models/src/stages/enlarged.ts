// Films at another size than their generator's: larger by repeating pixels, because there is no detail to be invented, smaller by the
// average of areas. Used by the entries of `sample-films` and `fit-progressive`.
import { resizeArea } from '@radiograft/geometry'
import { GanModelsError } from '../GanModelsError.ts'

/** @throws GanModelsError when `to` is larger than `from` and no whole multiple of it */
export const enlarged = (from: number, to: number): ((pixels: Float32Array) => Float32Array) => {
  if (to === from) return (pixels) => pixels
  if (to < from) return (pixels) => resizeArea(pixels, from, from, to, to)
  const times = to / from
  if (!Number.isInteger(times))
    throw new GanModelsError(
      'size',
      `${to} is no multiple of the generator’s ${from}: take ${from * Math.round(times)}, or ${from} or less`,
    )
  return (pixels) =>
    Float32Array.from({ length: to * to }, (_, i) => {
      const [y, x] = [Math.floor(i / to), i % to]
      return pixels[Math.floor(y / times) * from + Math.floor(x / times)]!
    })
}
