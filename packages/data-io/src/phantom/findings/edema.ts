/** Pulmonary edema: bat wings of haze about both hila, swollen vessels, Kerley lines at the lateral walls. */
import { SOFT } from '../attenuation.ts'
import { fbm } from '../noise.ts'
import { clamp } from '../smoothstep.ts'
import type { FindingKind } from './findingKind.ts'

const { min } = Math

export interface Edema {
  /** Severity, 0.1 to 1.2. */
  readonly severity: number
}

const KERLEY_LINES = 7

export const edema: FindingKind<Edema> = {
  draw: ({ key, delta }) => ({ severity: clamp((1.05 - 0.8 * delta) * key.uniform('sev', 0.6, 1.3), 0.1, 1.2) }),
  structure: (f) => ({ swell: 1 + 0.3 * f.severity }),
  lesion: (anatomy, f) => {
    const { canvas, patient, air, lung } = anatomy
    const { x, y } = canvas
    const added = canvas.map()
    const signal = canvas.map()
    const coarse = fbm(canvas, f.key.hash('n'), 11, 4, { where: air })
    const fine = fbm(canvas, f.key.hash('n2'), 36, 3, { where: air })
    const kerley = canvas.map()
    for (const side of [-1, 1]) {
      const x1 = side * (patient.Wt - 0.012)
      for (let i = 0; i < KERLEY_LINES; i++) {
        const y1 = patient.yd - 0.04 - 0.022 * i + 0.004 * f.key.normal('ky', 0, 1, i + (side > 0 ? 8 : 0))
        canvas.capsule(kerley, x1 - side * 0.035, y1 + 0.003, x1, y1, 0.0014, 0.0014)
      }
    }
    const haze = (SOFT - SOFT * patient.rho) * 0.42 * f.severity
    const lines = SOFT * min(1, f.severity)
    for (let o = 0; o < added.length; o++) {
      if (air[o] === 0) continue
      const dx = (x[o]! - (x[o]! < 0 ? -0.105 : 0.105)) / 0.15
      const dy = (y[o]! - patient.hil - 0.05) / 0.2
      const r2 = dx * dx + dy * dy
      const g = clamp((1 / (1 + r2 * r2)) * (1 + 0.45 * coarse[o]! + 0.35 * fine[o]!), 0, 1)
      added[o] = haze * g * air[o]! + lines * kerley[o]! * lung.inside[o]!
      signal[o] = haze * g * min(air[o]!, 0.25)
    }
    return { added, collapsed: null, signal }
  },
  leastContrast: 6,
  leastArea: 0.0015,
}
