// The feature maps of a DCGAN (row D2): their sides, and their channels, 1024 at 4² and half of that at each doubling.
import { GanModelsError } from '../GanModelsError.ts'

export interface DcganMap {
  /** pixels */
  readonly side: number
  readonly channels: number
}

/**
 * The square maps between a vector and a film, from 4² to half of the film's side: log2(size) − 2 of them, as many as there are
 * strided convolutions. Channels are min(4096 / side, width): at full width 1024, 512, 256, 128, 64, 32 for 256², and the first
 * four for 64², as Radford et al. have it.
 * @param size side of the films: 16, 32, 64, 128 or 256
 * @param width cap of channels; from 1024 on it does nothing
 * @throws GanModelsError when the size is none of these, or the width no whole number from 1
 */
export const dcganMaps = (size: number, width: number): ReadonlyArray<DcganMap> => {
  const count = Math.log2(size) - 2
  if (!Number.isInteger(count) || count < 2 || count > 6)
    throw new GanModelsError(
      'size',
      `${size} is no power of two from 16 to 256: each convolution halves a film until it is 4 × 4`,
    )
  if (!Number.isInteger(width) || width < 1)
    throw new GanModelsError(
      'width',
      `${width} is no number of channels; give a whole number from 1, 1024 for all of them`,
    )
  return Array.from({ length: count }, (_, i) => {
    const side = 4 * 2 ** i
    return { side, channels: Math.min(4096 / side, width) }
  })
}
