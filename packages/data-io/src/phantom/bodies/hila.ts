/** The hila: an ellipse of vessels beside the heart on each side, drawn with the vessels. */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import { rootOf } from '../smoothstep.ts'

/** Adds `amount` × their thickness into `map`. */
export function addHila(map: Float64Array, canvas: Canvas, patient: Patient, amount: number): void {
  const { size, x, y } = canvas
  for (const side of [-1, 1]) {
    const hx = side * 0.082 + canvas.film.rho * 1.6
    const hy = patient.hil + (side > 0 ? -0.018 : 0)
    const w = canvas.window(hx - 0.026, hy - 0.052, hx + 0.026, hy + 0.052)
    for (let j = w.y0; j < w.y1; j++) {
      for (let o = j * size + w.x0; o < j * size + w.x1; o++) {
        const dx = (x[o]! - hx) / 0.026
        const dy = (y[o]! - hy) / 0.052
        map[o]! += amount * 0.026 * rootOf(1 - dx * dx - dy * dy)
      }
    }
  }
}
