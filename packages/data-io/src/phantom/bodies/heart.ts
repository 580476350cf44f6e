/**
 * The heart: a tilted left-ventricle ellipse and a right-atrium ellipse whose outer tangents lie exactly one heart
 * width (cardiothoracic ratio × thoracic width) apart. Used by the mediastinum and by the cardiomegaly mask.
 */
import type { Film } from '../film.ts'
import type { Patient } from '../patient.ts'
import { rotation } from '../rotation.ts'
import { rootOf } from '../smoothstep.ts'

const { min, sqrt } = Math

/** Ratio of the ventricle's half axes. */
const SLENDER = 0.7

export interface Heart {
  /** Heart width, its right (image left) and left border. */
  readonly hw: number
  readonly xr: number
  readonly xl: number
  /** Height of the diaphragm under it. */
  readonly yb: number
  /** Ventricle: positive inside. */
  readonly ventricle: (x: number, y: number) => number
  /** Atrium: positive inside. */
  readonly atrium: (x: number, y: number) => number
}

/** Cardiothoracic ratio on the film: magnified, limited to 0.60 unless a finding sets its own. */
export function healthyRatio(patient: Patient, film: Film): number {
  return min(patient.ctr * film.hm, 0.6)
}

/** Heart of the given cardiothoracic ratio (as seen on the film). */
export function heartShape(patient: Patient, film: Film, ratio: number): Heart {
  const rx = film.rho * 1.6
  const hw = ratio * (2 * patient.Wt)
  const xr = -hw * 0.26 + rx
  const xl = hw * 0.74 + rx
  const yb = patient.yd - film.insp
  const { cos, sin } = rotation(patient.hphi)
  const cx = 0.5 * (xl + xr) + 0.012
  const p = (xl - cx) / sqrt(cos * cos + SLENDER * SLENDER * sin * sin)
  const cy = yb - 0.04 - 0.25 * (p - 0.17)
  const rw = 0.075 + 0.3 * (hw - 0.33)
  const rh = 0.165 + 0.12 * (hw - 0.33)
  const rcx = xr + rw
  const rcy = yb - 0.035
  const ventricle = (x: number, y: number): number => {
    const ux = ((x - cx) * cos + (y - cy) * sin) / p
    const uy = (-(x - cx) * sin + (y - cy) * cos) / (p * SLENDER)
    return 1 - ux * ux - uy * uy
  }
  const atrium = (x: number, y: number): number => {
    const ux = (x - rcx) / rw
    const uy = (y - rcy) / rh
    return 1 - ux * ux - uy * uy
  }
  return { hw, xr, xl, yb, ventricle, atrium }
}

/** Thickness of the heart at a point. */
export function heartDepth(heart: Heart, x: number, y: number): number {
  const lv = 0.34 * rootOf(heart.ventricle(x, y))
  const ra = heart.atrium(x, y)
  const right = ra > 0 ? 0.26 * (0.5 * sqrt(ra) + 0.5 * ra) : 0
  return lv > right ? lv : right
}
