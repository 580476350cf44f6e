/** The descending aorta seen through the heart: a soft vertical band, added to the soft tissue without displacing air. */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import { rootOf, smoothstep } from '../smoothstep.ts'
import { knobHeight } from './mediastinum.ts'

/** Adds `amount` × its thickness into `map`. */
export function addAorta(
  map: Float64Array,
  canvas: Canvas,
  patient: Patient,
  wobble: Float64Array,
  amount: number,
): void {
  const { film, size, x, y } = canvas
  const rx = film.rho * 1.6
  const ky = knobHeight(patient)
  const w = canvas.window(rx - 0.02, ky - 0.03, rx + 0.09, 1.5)
  for (let j = w.y0; j < w.y1; j++) {
    for (let o = j * size + w.x0; o < j * size + w.x1; o++) {
      const py = y[o]!
      const xm = x[o]! - rx + wobble[o]! * 1.2
      const d = (xm - (0.042 - 0.02 * smoothstep(0.3, 0.75, py))) / 0.022
      map[o]! += amount * 0.1 * rootOf(1 - d * d) * smoothstep(ky - 0.01, ky + 0.03, py)
    }
  }
}
