// Stored pixels to [0, 1], MONOCHROME1 inverted so that air is dark in every film. Used by the RSNA reader.
import type { UnitPixels } from '@radiograft/geometry'
import type { DicomFilm } from './readDicom.ts'
import type { DicomWindow } from './readDicomHeader.ts'

const clamp = (v: number): number => Math.min(Math.max(v, 0), 1)

/** The functions of PS3.3 C.11.2.1.2 and C.11.2.1.3, from modality values to [0, 1]. */
const throughWindow = ({ centre, width, shape }: DicomWindow): ((x: number) => number) => {
  if (shape === 'SIGMOID') return (x) => 1 / (1 + Math.exp((-4 * (x - centre)) / width))
  if (shape === 'LINEAR_EXACT') return (x) => clamp((x - centre) / width + 0.5)
  // LINEAR counts pixels, hence the halves and ones; a width of 1 is a threshold
  return width <= 1 ? (x) => (x <= centre - 0.5 ? 0 : 1) : (x) => clamp((x - (centre - 0.5)) / (width - 1) + 0.5)
}

/** From modality values to [0, 1] by the range that the stored bits can hold. */
const throughDepth = ({ bitsStored, signed, slope, intercept }: DicomFilm): ((x: number) => number) => {
  const low = signed ? -(2 ** (bitsStored - 1)) : 0
  const a = low * slope + intercept
  const b = (low + 2 ** bitsStored - 1) * slope + intercept
  const [min, max] = a < b ? [a, b] : [b, a]
  return (x) => (x - min) / (max - min)
}

/**
 * Pixels in [0, 1]. `window: 'header'` applies the film's own window where it has one and falls back to the bit depth;
 * `'depth'` always divides by the range of the stored bits, which keeps every grey level. RSNA's films are 8 bits without
 * a window, so both give stored / 255.
 * @returns [rows · columns], row-major
 */
export const unitPixels = (film: DicomFilm, options: { readonly window?: 'header' | 'depth' } = {}): UnitPixels => {
  const { slope, intercept } = film
  const window = options.window === 'depth' ? undefined : film.window
  const grey = window ? throughWindow(window) : throughDepth(film)
  const invert = film.photometric === 'MONOCHROME1'
  const unit = (stored: number): number => {
    const y = grey(stored * slope + intercept)
    return invert ? 1 - y : y
  }
  const { stored } = film
  const out = new Float32Array(stored.length)
  const lowest = stored instanceof Int16Array ? -(2 ** 15) : 0
  const levels = new Float32Array(2 ** (8 * stored.BYTES_PER_ELEMENT))
  if (stored.length < levels.length) {
    for (let i = 0; i < out.length; i++) out[i] = unit(stored[i]!)
    return out as UnitPixels
  }
  // The same function once for each grey level that there may be, not once a pixel: it was half the time of a film.
  for (let level = 0; level < levels.length; level++) levels[level] = unit(level + lowest)
  for (let i = 0; i < out.length; i++) out[i] = levels[stored[i]! - lowest]!
  // within [0, 1] by construction: clamped by the window, or within the range of the stored bits
  return out as UnitPixels
}
