/** Pleural thickening: a ragged band along the lateral wall, calcified in four of ten. */
import { BONE, SOFT } from '../attenuation.ts'
import { fbm } from '../noise.ts'
import { smoothstep } from '../smoothstep.ts'
import { lungOfSide, type FindingKind } from './findingKind.ts'

const { abs } = Math

export interface Pleural {
  readonly width: number
  /** Upper and lower end. */
  readonly y0: number
  readonly y1: number
  readonly calcified: boolean
}

export const pleural: FindingKind<Pleural> = {
  draw: ({ key, delta }) => {
    const y0 = key.uniform('y0', 0.25, 0.42)
    return {
      width: key.uniform('wd', 0.01, 0.026) * (1.25 - 0.7 * delta),
      y0,
      y1: y0 + key.uniform('y1', 0.12, 0.3),
      calcified: key.uniform('calc') < 0.4,
    }
  },
  lesion: (anatomy, f) => {
    const { canvas, lung } = anatomy
    const { size, x, y } = canvas
    const added = canvas.map()
    const signal = canvas.map()
    const window = canvas.window(f.side * 0.02, 0, f.side * 0.6, 1)
    const ragged = fbm(canvas, f.key.hash('n'), 14, 2, { window })
    const chalk = f.calcified ? fbm(canvas, f.key.hash('c'), 45, 2, { window }) : null
    const rise = SOFT - SOFT * anatomy.patient.rho
    for (let j = window.y0; j < window.y1; j++) {
      for (let p = window.x0, o = j * size + window.x0; p < window.x1; p++, o++) {
        const py = y[o]!
        const width =
          f.width * (1 + 0.6 * ragged[o]!) * smoothstep(f.y0, f.y0 + 0.03, py) * smoothstep(f.y1, f.y1 - 0.03, py)
        const d = lung.wall[o]! - abs(x[o]!)
        const g = smoothstep(1, 0.45, d / (width > 1e-4 ? width : 1e-4)) * lungOfSide(anatomy, f.side, o)
        if (g === 0) continue
        added[o] = rise * g * 0.16 * (0.5 + 0.9 * f.kappa)
        if (chalk !== null) added[o]! += BONE * 0.012 * g * smoothstep(0, 0.9, chalk[o]!)
        // Above and below the band a hairline along the wall remains, as in the prototype; it is no part of the mask.
        if (py > f.y0 && py < f.y1) signal[o] = added[o]!
      }
    }
    return { added, collapsed: null, signal }
  },
  leastContrast: 6,
  leastArea: 0.0015,
}
