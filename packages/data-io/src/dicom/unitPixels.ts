// Stored pixels to [0, 1], MONOCHROME1 inverted so that air is dark in every film. Used by the RSNA reader.
import type { UnitPixels } from '@radiograft/geometry'
import type { GreyLevels } from '../folder/letterbox.ts'
import type { DicomFilm } from './readDicom.ts'
import type { DicomWindow } from './readDicomHeader.ts'

/** What the grey level of a stored value depends on. */
export type StoredFilm = Pick<
  DicomFilm,
  'stored' | 'bitsStored' | 'signed' | 'photometric' | 'slope' | 'intercept' | 'window'
>

const clamp = (v: number): number => Math.min(Math.max(v, 0), 1)

/** The functions of PS3.3 C.11.2.1.2 and C.11.2.1.3, from modality values to [0, 1]. */
const throughWindow = ({ centre, width, shape }: DicomWindow): ((x: number) => number) => {
  if (shape === 'SIGMOID') return (x) => 1 / (1 + Math.exp((-4 * (x - centre)) / width))
  if (shape === 'LINEAR_EXACT') return (x) => clamp((x - centre) / width + 0.5)
  // LINEAR counts pixels, hence the halves and ones; a width of 1 is a threshold
  return width <= 1 ? (x) => (x <= centre - 0.5 ? 0 : 1) : (x) => clamp((x - (centre - 0.5)) / (width - 1) + 0.5)
}

/** From modality values to [0, 1] by the range that the stored bits can hold. */
const throughDepth = ({ bitsStored, signed, slope, intercept }: StoredFilm): ((x: number) => number) => {
  const low = signed ? -(2 ** (bitsStored - 1)) : 0
  const a = low * slope + intercept
  const b = (low + 2 ** bitsStored - 1) * slope + intercept
  const [min, max] = a < b ? [a, b] : [b, a]
  return (x) => (x - min) / (max - min)
}

export interface UnitOptions {
  /**
   * `header` applies the film's own window where it has one and falls back to the bit depth; `depth` always divides by the
   * range of the stored bits, which keeps every grey level. RSNA's films are 8 bits without a window, so both give
   * stored / 255. @default 'header'
   */
  readonly window?: 'header' | 'depth'
}

/** What every value that may be stored stands for, once a level and not once a pixel: that was half the time of a film. */
export const unitLevels = (film: StoredFilm, options: UnitOptions = {}): GreyLevels => {
  const { stored, slope, intercept } = film
  const window = options.window === 'depth' ? undefined : film.window
  const grey = window ? throughWindow(window) : throughDepth(film)
  const invert = film.photometric === 'MONOCHROME1'
  const lowest = stored instanceof Int16Array ? -(2 ** 15) : 0
  const units = new Float32Array(2 ** (8 * stored.BYTES_PER_ELEMENT))
  for (let i = 0; i < units.length; i++) {
    const y = grey((i + lowest) * slope + intercept)
    units[i] = invert ? 1 - y : y
  }
  return { units, lowest }
}

/**
 * Pixels in [0, 1].
 * @returns [rows · columns], row-major
 */
export const unitPixels = (film: StoredFilm, options: UnitOptions = {}): UnitPixels => {
  const { units, lowest } = unitLevels(film, options)
  const { stored } = film
  const out = new Float32Array(stored.length)
  for (let i = 0; i < out.length; i++) out[i] = units[stored[i]! - lowest]!
  // within [0, 1] by construction: clamped by the window, or within the range of the stored bits
  return out as UnitPixels
}
