/** Plate atelectasis: one to three thin, nearly horizontal bands above the dome. */
import { SOFT } from '../attenuation.ts'
import { fbm } from '../noise.ts'
import { rotation } from '../rotation.ts'
import { lungOfSide, type FindingKind } from './findingKind.ts'

export interface Atelectasis {
  /** Number of plates. */
  readonly n: number
  readonly cx: number
  readonly cy: number
  readonly length: number
  readonly q: number
  /** Half thickness. */
  readonly r: number
}

export const atelectasis: FindingKind<Atelectasis> = {
  draw: ({ key, side, top }) => ({
    n: 1 + Math.floor(key.uniform('n') * 3),
    cx: side * key.uniform('cx', 0.14, 0.24),
    cy: top - key.uniform('cy', 0.03, 0.12),
    length: key.uniform('len', 0.08, 0.17),
    q: key.normal('q', 0, 0.12),
    r: key.uniform('r', 0.0045, 0.009),
  }),
  lesion: (anatomy, f) => {
    const { canvas } = anatomy
    const added = canvas.map()
    for (let i = 0; i < f.n; i++) {
      const { cos, sin } = rotation(f.q + 0.05 * f.key.normal('qq', 0, 1, i))
      const half = (f.length * f.key.uniform('ll', 0.6, 1.1, i)) / 2
      const x = f.cx + 0.02 * f.key.normal('xx', 0, 1, i)
      const y = f.cy - 0.035 * i
      canvas.capsule(added, x - half * cos, y - half * sin, x, y + 0.004, f.r * 0.6, f.r, 1.4)
      canvas.capsule(added, x, y + 0.004, x + half * cos, y + half * sin, f.r, f.r * 0.5, 1.4)
    }
    const uneven = fbm(canvas, f.key.hash('n'), 25, 2, { where: added })
    const rise = (SOFT - SOFT * anatomy.patient.rho) * (1.2 + 2.6 * f.kappa)
    for (let o = 0; o < added.length; o++) {
      if (added[o] !== 0) added[o] = added[o]! * rise * lungOfSide(anatomy, f.side, o) * (1 + 0.4 * uneven[o]!)
    }
    return { added, collapsed: null, signal: added }
  },
  leastContrast: 4,
  leastArea: 0,
}
