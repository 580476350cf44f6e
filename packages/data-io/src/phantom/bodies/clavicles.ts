/** The clavicles: two S-shaped bands from the sternum to the shoulders. */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import { clamp, rootOf, smoothstep } from '../smoothstep.ts'

const { abs, max, min } = Math

/** Lateral end of a clavicle. */
const LATERAL = 0.36

/** Adds `amount` × their thickness into `map`. */
export function addClavicles(map: Float64Array, canvas: Canvas, patient: Patient, amount: number): void {
  const { film, size, x, y } = canvas
  const rx = film.rho * 1.6
  const end = 0.085 + film.clav + 0.05 * patient.sh
  for (const side of [-1, 1]) {
    const medial = 0.022 + side * rx * 1.2
    const start = 0.168 + film.clav * 0.6 + 0.004 * patient.key.normal('cy', 0, 1, side + 1)
    const top = min(start, end) - 0.06
    const bottom = max(start, end) + 0.06
    const w = canvas.window(side * (medial - 0.01), top, side * (LATERAL + 0.01), bottom)
    for (let j = w.y0; j < w.y1; j++) {
      for (let p = w.x0, o = j * size + w.x0; p < w.x1; p++, o++) {
        const xs = x[o]! * side
        const on = smoothstep(medial - 0.004, medial + 0.004, xs) * smoothstep(LATERAL + 0.01, LATERAL - 0.01, xs)
        if (on === 0) continue
        const u = clamp((xs - medial) / (LATERAL - medial), 0, 1)
        const middle =
          start + (end - start) * (0.35 * u + 0.65 * u * u * (3 - 2 * u)) - 0.02 * u * (1 - u) * (1 - 2 * u) * 4
        const k = (y[o]! - middle) / (0.0165 * (1.25 - 0.9 * u * (1 - u) * 2) * 1.03)
        const band = 0.5 * rootOf(1 - k * k) + 0.55 * smoothstep(0.3, 0.06, abs(abs(k) - 0.82))
        map[o]! += amount * on * band * 0.04
      }
    }
  }
}
