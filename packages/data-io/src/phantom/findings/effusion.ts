/** Pleural effusion: fluid that fills the lung base to a level rising towards the lateral wall. */
import { SOFT } from '../attenuation.ts'
import { domeTop } from '../bodies/lung.ts'
import { fbm } from '../noise.ts'
import { clamp, smoothstep } from '../smoothstep.ts'
import type { FindingKind } from './findingKind.ts'

const { min } = Math

export interface Effusion {
  /** Height of the fluid above the costophrenic angle. */
  readonly level: number
  /** Rise of the meniscus. */
  readonly meniscus: number
}

export const effusion: FindingKind<Effusion> = {
  draw: ({ key }) => {
    const u = key.uniform('lev')
    return { level: 0.06 + 0.3 * (u * u), meniscus: key.uniform('men', 0.07, 0.14) }
  },
  lesion: (anatomy, f) => {
    const { canvas, patient, air, lung } = anatomy
    const { x, y, film } = canvas
    const added = canvas.map()
    const signal = canvas.map()
    const level = domeTop(patient, film.insp, f.side) + patient.hd - f.level
    const ripple = fbm(canvas, f.key.hash('n'), 6, 2, { where: air })
    const rise = SOFT - SOFT * patient.rho
    const strength = 0.55 + (0.45 * f.kappa) / 0.6
    for (let o = 0; o < added.length; o++) {
      const px = x[o]!
      if (air[o] === 0 || px < 0 !== f.side < 0) continue
      const z = clamp((px < 0 ? -px : px) / patient.Wt, 0, 1)
      const z2 = z * z
      const surface =
        level - f.meniscus * (z2 * z2) - 0.35 * f.meniscus * (1 - smoothstep(0, 0.3, z)) + ripple[o]! * 0.006
      const d = y[o]! - surface
      const g = smoothstep(-0.03, 0.04, d)
      if (g === 0) continue
      const fluid = lung.depth[o]! * lung.inside[o]! * g * (0.55 + 0.45 * smoothstep(0, 0.16, d)) * strength
      const filled = min(fluid, air[o]!)
      added[o] = rise * filled
      signal[o] = rise * min(filled, 0.06)
    }
    return { added, collapsed: null, signal }
  },
  leastContrast: 6,
  leastArea: 0.0015,
}
