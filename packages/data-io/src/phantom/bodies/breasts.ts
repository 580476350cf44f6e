/** Thickness of the breasts, whose lower contours cross the lower lungs. Nothing is added for men. */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import { smoothstep } from '../smoothstep.ts'

const { sqrt } = Math

/** Adds `amount` × their thickness into `map`. */
export function addBreasts(map: Float64Array, canvas: Canvas, patient: Patient, amount: number): void {
  const { breast, brx, bry, brr } = patient
  if (breast <= 0) return
  const { size, x, y } = canvas
  const w = canvas.window(-brx - brr, bry - 1.7 * brr, brx + brr, bry + 0.82 * brr)
  for (let j = w.y0; j < w.y1; j++) {
    for (let o = j * size + w.x0; o < j * size + w.x1; o++) {
      const px = x[o]!
      const py = y[o]!
      const dx = ((px < 0 ? -px : px) - brx) / brr
      const dy = (py - bry) / (brr * (py < bry ? 1.7 : 0.82))
      const h = 1 - (dx * dx + dy * dy)
      if (h > 0) map[o]! += amount * breast * sqrt(h) * (0.55 + 0.45 * smoothstep(-0.2, 0.12, py - bry))
    }
  }
}
