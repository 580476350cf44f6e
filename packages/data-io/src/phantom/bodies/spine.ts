/** The spine: vertebral bodies with end plates, pedicles, spinous and transverse processes. */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import { clamp, rootOf, smoothstep } from '../smoothstep.ts'

const { floor } = Math

/** Adds `amount` × its thickness into `map`. */
export function addSpine(map: Float64Array, canvas: Canvas, patient: Patient, amount: number): void {
  const { film, size, x, y } = canvas
  const [offset, slope, curve] = patient.scol
  const pitch = patient.rib * 0.985
  const w = canvas.window(-0.16, -0.2, 0.16, 1.3)
  for (let j = w.y0; j < w.y1; j++) {
    for (let p = w.x0, o = j * size + w.x0; p < w.x1; p++, o++) {
      const py = y[o]!
      const middle =
        offset +
        slope * ((py - 0.5) * 2) +
        curve * (smoothstep(0.1, 0.6, py) * smoothstep(1.1, 0.6, py) * 2) -
        0.4 * film.rho * 1.5
      const sx = x[o]! - middle
      const ax = sx < 0 ? -sx : sx
      const half = 0.031 + 0.013 * clamp(py, 0, 1)
      // The transverse processes reach farthest: 1.12 + 0.75 half widths.
      if (ax > 1.9 * half) continue
      const n = (py - patient.rib0 + 0.02) / pitch
      const fr = n - floor(n)
      const disc = smoothstep(0, 0.1, fr) * smoothstep(1, 0.9, fr)
      const centred = 2 * fr - 1
      const z = sx / (half * (1 - 0.1 * (1 - centred * centred)))
      const z2 = z * z
      const body = 0.052 * rootOf(1 - z2 * z2) * (0.55 + 0.45 * disc)
      const plates =
        0.01 *
        (smoothstep(0, 0.08, fr) * smoothstep(0.16, 0.08, fr) + smoothstep(1, 0.92, fr) * smoothstep(0.84, 0.92, fr)) *
        smoothstep(1.05, 0.95, z < 0 ? -z : z)
      const pedicle = 0.02 * oval((ax - half * 0.62) / 0.0085, (fr - 0.42) / 0.22)
      const spinous = 0.026 * oval(sx / 0.0065, (fr - 0.8) / 0.3)
      const transverse = 0.012 * oval((ax - half * 1.12) / (half * 0.75), (fr - 0.42) / 0.16)
      map[o]! += amount * (body + plates + pedicle + spinous + transverse) * (0.62 + 0.38 * smoothstep(0.35, 0.08, py))
    }
  }
}

function oval(x: number, y: number): number {
  return rootOf(1 - x * x - y * y)
}
