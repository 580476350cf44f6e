/** Pneumothorax: outside an inner contour no vessels and no lung, a thin line at its edge, a denser remaining lung. */
import { SOFT } from '../attenuation.ts'
import { VAULT, vaultProfile } from '../bodies/lung.ts'
import { fbm } from '../noise.ts'
import { clamp, smoothstep } from '../smoothstep.ts'
import { lungOfSide, type FindingKind } from './findingKind.ts'

const { abs, min } = Math

export interface Pneumothorax {
  /** Gap between wall and lung. */
  readonly gap: number
}

/** Half width of the collapsed lung's cupola. */
const COLLAPSED_CUPOLA = 0.085

export const pneumothorax: FindingKind<Pneumothorax> = {
  draw: ({ key, delta }) => ({ gap: key.uniform('g', 0.035, 0.16) * (1.25 - 0.9 * delta) }),
  lesion: (anatomy, f) => {
    const { canvas, patient, air } = anatomy
    const { x, y, film } = canvas
    const added = canvas.map()
    const collapsed = canvas.map()
    const signal = canvas.map()
    const uneven = fbm(canvas, f.key.hash('n'), 9, 2, { where: anatomy.lung.inside })
    const apex = patient.ya + 1.6 * f.gap
    const wall = patient.Wt * (1 + 1.5 * film.rho * f.side)
    const rise = (SOFT - SOFT * patient.rho) * 0.05
    const denser = min(1.5, f.gap / 0.06)
    for (let o = 0; o < added.length; o++) {
      const lung = lungOfSide(anatomy, f.side, o)
      if (lung === 0) continue
      const px = x[o]!
      const py = y[o]!
      const e = clamp(1 - (py - apex) / VAULT, 0, 1)
      const inner = COLLAPSED_CUPOLA + (wall - f.gap * smoothstep(0.85, 0.45, py) - COLLAPSED_CUPOLA) * vaultProfile(e)
      const d = min(inner - (px < 0 ? -px : px), py - apex) + 0.004 * uneven[o]!
      const empty = (1 - smoothstep(-0.001, 0.001, d)) * lung
      const line = smoothstep(0.0022, 0.0006, abs(d - 0.0005)) * lung * 0.011
      collapsed[o] = empty
      added[o] = SOFT * line + rise * air[o]! * (lung > empty ? lung - empty : 0) * denser
      if (air[o]! > 0.02) signal[o] = empty
    }
    return { added, collapsed, signal }
  },
  leastContrast: 6,
  leastArea: 0.0015,
}
