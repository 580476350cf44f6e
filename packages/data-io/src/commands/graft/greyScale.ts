// A film's grey scale as a straight line: stored values to [0, 1] as its window shows them and back, without the window's
// ends. What a window clips stays apart, so that a graft changes no film outside of its box and is not cut inside of it.
// Used by prepareGraft.
import type { StoredFilm } from '../../dicom/unitPixels.ts'

export interface GreyScale {
  /** [rows · columns], 0 black and 1 white of the window; beyond that where the window clips */
  readonly units: Float32Array
  /** The stored value nearest to a grey level, within what the stored bits can hold. */
  readonly storedOf: (unit: number) => number
}

/** Modality values that are shown as 0 and 1; a sigmoid by the line that touches it in the middle (PS3.3 C.11.2.1.2, .3). */
const endsOf = ({ window, slope, intercept }: StoredFilm, low: number, high: number): readonly [number, number] => {
  if (window?.shape === 'LINEAR' && window.width > 1) {
    const black = window.centre - 0.5 - (window.width - 1) / 2
    return [black, black + window.width - 1]
  }
  if (window && window.shape !== 'LINEAR') {
    return [window.centre - window.width / 2, window.centre + window.width / 2]
  }
  const ends = [low * slope + intercept, high * slope + intercept] as const
  return [Math.min(...ends), Math.max(...ends)]
}

export const greyScale = (film: StoredFilm): GreyScale => {
  const { stored, bitsStored, signed, slope, intercept, photometric } = film
  const low = signed ? -(2 ** (bitsStored - 1)) : 0
  const high = low + 2 ** bitsStored - 1
  const [first, last] = endsOf(film, low, high)
  const [black, white] = photometric === 'MONOCHROME1' ? [last, first] : [first, last]
  const range = white - black
  const units = new Float32Array(stored.length)
  for (let i = 0; i < units.length; i++) units[i] = (stored[i]! * slope + intercept - black) / range
  return {
    units,
    storedOf: (unit) => Math.min(Math.max(Math.round((unit * range + black - intercept) / slope), low), high),
  }
}
