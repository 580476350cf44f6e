/** Rib fracture: one of ribs 3 to 8 stepped and cut, with some callus; its mask is a disc about the place. */
import { BONE } from '../attenuation.ts'
import { ribLoop, type RibFracture } from '../bodies/ribs.ts'
import { rootOf, smoothstep } from '../smoothstep.ts'
import type { FindingKind } from './findingKind.ts'

export type Fracture = Omit<RibFracture, 'side'>

/** Radius of the mask's disc. */
const DISC = 0.03

export const fracture: FindingKind<Fracture> = {
  draw: ({ key, delta }) => ({
    rib: 3 + Math.floor(key.uniform('rib') * 6),
    x: key.uniform('x', 0.2, 0.3),
    step: key.uniform('step', 0.014, 0.024) * (1.4 - 0.8 * delta) * (key.uniform('dir') < 0.6 ? 1 : -1),
    smax: 0,
  }),
  structure: ({ rib, side, x, step, smax }) => ({ fracture: { rib, side, x, step, smax } }),
  lesion: ({ canvas, patient }, f) => {
    const { size, x, y } = canvas
    const added = canvas.map()
    const signal = canvas.map()
    const { yc, b, A } = ribLoop(patient, f.rib, patient.rib0 + patient.rib * f.rib)
    const across = f.x / A
    const fy = yc - b * rootOf(1 - across * across)
    const fx = f.side * f.x
    const w = canvas.window(fx - DISC, fy - DISC, fx + DISC, fy + DISC)
    for (let j = w.y0; j < w.y1; j++) {
      for (let p = w.x0, o = j * size + w.x0; p < w.x1; p++, o++) {
        const dx = x[o]! - fx
        const dy = (y[o]! - fy) * 1.3
        const r2 = (dx * dx + dy * dy) / (DISC * DISC)
        added[o] = BONE * (smoothstep(1, 0.2, r2 * 4) * 0.01) * 1.6
        if (r2 < 1) signal[o] = 1 - r2
      }
    }
    return { added, collapsed: null, signal }
  },
  leastContrast: 2,
  leastArea: 0,
}
