/** Nodule and mass: a sphere with a ragged outline in the lung. */
import { SOFT } from '../attenuation.ts'
import { fbm } from '../noise.ts'
import { smoothstep } from '../smoothstep.ts'
import { lungOfSide, type FindingKind, type FindingSource } from './findingKind.ts'

const { sqrt } = Math

export interface Nodule {
  readonly cx: number
  readonly cy: number
  /** Radius. */
  readonly r: number
}

function drawNodule({ key, side, patient, top }: FindingSource, least: number, most: number): Nodule {
  const lo = patient.ya + 0.06
  return {
    r: key.uniform('r', least, most),
    cy: lo + (top - 0.03 - lo) * key.uniform('cy'),
    cx: side * (0.1 + (patient.Wt - 0.15) * key.uniform('cx')),
  }
}

const lesion: FindingKind<Nodule>['lesion'] = (anatomy, f) => {
  const { canvas, air } = anatomy
  const { size, x, y } = canvas
  const added = canvas.map()
  // ρ(1 + 0.35 n) < 1 with n ≥ −1.53 bounds ρ by 2.2.
  const w = canvas.window(f.cx - 2.2 * f.r, f.cy - 2.2 * f.r, f.cx + 2.2 * f.r, f.cy + 2.2 * f.r)
  const ragged = fbm(canvas, f.key.hash('n'), 1.1 / f.r, 3, { window: w })
  const rise = SOFT - SOFT * anatomy.patient.rho
  for (let j = w.y0; j < w.y1; j++) {
    for (let p = w.x0, o = j * size + w.x0; p < w.x1; p++, o++) {
      const px = x[o]!
      if (px < 0 !== f.side < 0) continue
      const dx = px - f.cx
      const dy = y[o]! - f.cy
      const n = ragged[o]!
      const grow = 1 + 0.35 * n
      const h = 1 - ((dx * dx + dy * dy) / (f.r * f.r)) * (grow * grow)
      if (h <= 0) continue
      const place = smoothstep(0, 0.05, air[o]! + 0.02 * lungOfSide(anatomy, f.side, o))
      added[o] = rise * 2 * f.r * sqrt(h) * (0.45 + f.kappa) * (1 + 0.1 * n) * place
    }
  }
  return { added, collapsed: null, signal: added }
}

export const nodule: FindingKind<Nodule> = {
  draw: (source) => drawNodule(source, 0.022, 0.038),
  lesion,
  leastContrast: 6,
  leastArea: 0,
}

export const mass: FindingKind<Nodule> = {
  draw: (source) => drawNodule(source, 0.045, 0.085),
  lesion,
  leastContrast: 6,
  leastArea: 0.0015,
}
