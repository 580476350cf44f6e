/**
 * From transmission to grey values: scatter, noise, base removal, window, curve, shutter. Scatter, base and window are
 * computed from the healthy film only, so that a lesion never leaks through them.
 */
import { attenuationOf, transmission } from '../attenuation.ts'
import type { Film } from '../film.ts'
import { normalFromHash, mix } from '../key.ts'
import { bilinear } from './bilinear.ts'
import { binomial } from './binomial.ts'
import { blockMean } from './blockMean.ts'

const { sqrt } = Math

/** Grid of scatter and base, its central cells, and the sorted positions of the lung's and mediastinum's level. */
const COARSE = 32
const CENTRE_FROM = 4
const CENTRE_TO = 28
const LUNG_LEVEL = 115
const DENSE_LEVEL = 490

/** What the healthy film fixes: scatter and base on the coarse grid, levels of lung and mediastinum. */
export interface Calibration {
  readonly scatter: Float64Array
  readonly base: Float64Array
  readonly ll: number
  readonly ld: number
}

/** Calibration from the healthy attenuation map of the render grid. */
export function calibrate(film: Film, healthy: Float64Array, renderSize: number): Calibration {
  const direct = new Float64Array(healthy.length)
  const scattering = new Float64Array(healthy.length)
  for (let o = 0; o < healthy.length; o++) {
    const P = transmission(healthy[o]!)
    direct[o] = P
    scattering[o] = P < 0.3 ? P : 0.3
  }
  const cell = renderSize / COARSE
  const scatter = binomial(blockMean(scattering, renderSize, cell), COARSE, 8)
  const density = blockMean(direct, renderSize, cell)
  for (let o = 0; o < density.length; o++) {
    scatter[o]! *= film.sc
    density[o] = attenuationOf(limit(density[o]! + scatter[o]!))
  }
  const base = binomial(density, COARSE, 3)
  const central = new Float64Array((CENTRE_TO - CENTRE_FROM) * (CENTRE_TO - CENTRE_FROM))
  for (let j = CENTRE_FROM, n = 0; j < CENTRE_TO; j++) {
    for (let i = CENTRE_FROM; i < CENTRE_TO; i++, n++) central[n] = base[j * COARSE + i]!
  }
  central.sort()
  return { scatter, base, ll: central[LUNG_LEVEL]!, ld: central[DENSE_LEVEL]! }
}

export interface Detector {
  /** Value in [0, 1] of film pixel o with transmission P and noise z (0 = none), before the shutter. */
  readonly value: (P: number, o: number, z?: number) => number
  /** All values of a film, noise by `noiseKey` (null = none), 0 under the shutter. */
  readonly film: (transmitted: Float64Array, noiseKey: number | null) => Float64Array
}

/** Detector of `size`² pixels. */
export function detectorOf(film: Film, calibration: Calibration, size: number): Detector {
  const { ll, ld } = calibration
  const scatter = bilinear(calibration.scatter, COARSE, size)
  const base = bilinear(calibration.base, COARSE, size)
  const { vl, vd, g, c, shutter } = film
  const slope = (vd - vl) / ((1 - g) * (ld - ll))
  const photons = film.dose * (512 / size) * (512 / size)

  const value = (P: number, o: number, z = 0): number => {
    let I = P + scatter[o]!
    if (z !== 0) {
      const n = I * photons
      I += (z * I) / sqrt(n > 1 ? n : 1)
    }
    let t = vl + slope * (attenuationOf(limit(I)) - g * (base[o]! - ll) - ll)
    if (t <= 0) return 0
    if (t > 0.7) t = 0.7 + (0.3 * (t - 0.7)) / (0.3 + (t - 0.7) * 0.55 + 1e-9)
    if (t > 1) t = 1
    return (1 - c) * t + c * t * t * (3 - 2 * t)
  }

  const rendered = (transmitted: Float64Array, noiseKey: number | null): Float64Array => {
    const out = new Float64Array(size * size)
    const [left, right, top, bottom] = shutter
    for (let j = 0, o = 0; j < size; j++) {
      const v = (j + 0.5) / size
      const rowShut = v < top || v > 1 - bottom
      for (let i = 0; i < size; i++, o++) {
        const u = (i + 0.5) / size
        if (rowShut || u < left || u > 1 - right) continue
        const z = noiseKey === null ? 0 : normalFromHash(mix(noiseKey ^ (j * 65536 + i)))
        out[o] = value(transmitted[o]!, o, z)
      }
    }
    return out
  }
  return { value, film: rendered }
}

function limit(I: number): number {
  return I < 1e-5 ? 1e-5 : I > 1 ? 1 : I
}
