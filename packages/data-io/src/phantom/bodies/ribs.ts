/**
 * Eleven pairs of ribs as projected loops: one ellipse gives the sloping posterior band and the anterior one that
 * crosses it. A fracture shifts and cuts one band. Used by `anatomy.ts`.
 */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import { clamp, rootOf, smoothstep } from '../smoothstep.ts'
import { CUPOLA, VAULT, vaultProfile } from './lung.ts'

const { abs, max, min, sqrt } = Math

const RIBS = 11

/** The cut and step of a fractured rib, at distance `x` from the midline, where the band coordinate is below `smax`. */
export interface RibFracture {
  readonly rib: number
  readonly side: -1 | 1
  readonly x: number
  readonly step: number
  readonly smax: number
}

/** Centre height, half height and half width of a rib's loop before the body's turn. */
export function ribLoop(patient: Patient, i: number, y0: number): { yc: number; b: number; A: number } {
  const b = (patient.ribd * (0.5 + 0.5 * min(1, (i + 0.6) / 4))) / 2
  const yc = y0 + b
  const e = max(1 - clamp((yc - patient.ya) / VAULT, 0.02, 1.2), 0)
  return { yc, b, A: CUPOLA + (patient.Wt - CUPOLA) * vaultProfile(e) - 0.004 }
}

/** Thickness of all ribs; those below the dome are seen less. */
export function ribs(
  canvas: Canvas,
  patient: Patient,
  below: Float64Array,
  fractures: readonly RibFracture[] = [],
): Float64Array {
  const map = canvas.map()
  for (let i = 0; i < RIBS; i++) {
    addRib(
      map,
      canvas,
      patient,
      i,
      fractures.filter((f) => f.rib === i),
    )
  }
  for (let o = 0; o < map.length; o++) if (map[o] !== 0) map[o]! *= 1 - 0.55 * below[o]!
  return map
}

function addRib(
  map: Float64Array,
  canvas: Canvas,
  patient: Patient,
  i: number,
  fractures: readonly RibFracture[],
): void {
  const { film, size, x, y } = canvas
  const { key } = patient
  const loop = ribLoop(patient, i, patient.rib0 + patient.rib * i + 0.002 * key.normal('ry', 0, 1, i))
  const b = i === 0 ? loop.b * 0.8 : loop.b
  const A0 = i === 0 ? max(loop.A, 0.15) : loop.A
  const w0 = patient.ribw * (i === 0 ? 0.92 : 1)
  const lower = 0.004 * key.normal('rys', 0, 1, i)
  // The band is at most 1.12 half widths from the ellipse (plus a fracture's step): elsewhere nothing is drawn. The
  // true distance is at least |r − 1| · the smaller half axis, which spares the roots of nine pixels in ten.
  const reach = 1.13 * w0 + fractures.reduce((most, f) => max(most, abs(f.step)), 0)
  const w = canvas.window(-A0 * 1.2 - reach, loop.yc - b - reach - 0.03, A0 * 1.2 + reach, loop.yc + b + reach + 0.03)
  for (let j = w.y0; j < w.y1; j++) {
    for (let p = w.x0, o = j * size + w.x0; p < w.x1; p++, o++) {
      const px = x[o]!
      const py = y[o]!
      const side = px < 0 ? -1 : 1
      const ax = px < 0 ? -px : px
      const A = A0 * (1 + 1.5 * film.rho * side)
      const yc = side < 0 ? loop.yc : loop.yc + lower
      // The neck of the rib rises from the spine.
      const bend = 0.01 * smoothstep(0, 0.1, ax) - 0.01
      const gx = px / A
      const gy = (py - bend - yc) / b
      const r2 = gx * gx + gy * gy
      const margin = reach / (A < b ? A : b)
      const inner = 1 - margin
      if (r2 > (1 + margin) * (1 + margin) || (inner > 0 && r2 < inner * inner)) continue
      const s = (py - yc) / b
      const posterior = s < 0.45 && ax > 0.034 ? 0.0175 * smoothstep(0.034, 0.05, ax) * smoothstep(0.45, 0.05, s) : 0
      const anterior = i < 9 && s > -0.05 ? 0.0115 * smoothstep(-0.05, 0.25, s) * smoothstep(A * 0.34, A * 0.62, ax) : 0
      const bands = (i === 10 ? posterior * 0.6 : posterior) + anterior
      if (bands === 0) continue
      const r = sqrt(r2) + 1e-9
      const ggx = gx / A
      const ggy = gy / b
      let distance = (r - 1) / (sqrt(ggx * ggx + ggy * ggy) / r)
      let gap = 1
      for (const f of fractures) {
        if (side !== f.side || s >= f.smax) continue
        distance -= f.step * smoothstep(-0.001, 0.001, ax - f.x) * smoothstep(f.x + 0.09, f.x + 0.02, ax)
        gap = 1 - 0.95 * smoothstep(0.0055, 0.003, abs(ax - f.x + 0.5 * distance))
      }
      const k = distance / (w0 * (1 - 0.1 * smoothstep(-0.2, 0.6, s)))
      const band = rootOf(1 - k * k) * 0.5 + 0.62 * smoothstep(0.32, 0.08, abs(abs(k) - 0.8))
      // Seen end-on at the lateral wall.
      map[o]! += band * gap * bands * (1 + 0.45 * smoothstep(0.84, 0.99, ax / A))
    }
  }
}
