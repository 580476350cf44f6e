/** Air of the trachea and of the two main bronchi, subtracted from the soft tissue. */
import type { Canvas } from '../canvas.ts'
import { rootOf, smoothstep } from '../smoothstep.ts'

/** Half width of the trachea and height of its bifurcation. */
const HALF_WIDTH = 0.0155
const CARINA = 0.352

/** Adds `amount` × the air column into `map`. */
export function addTrachea(map: Float64Array, canvas: Canvas, amount: number): void {
  const { film, size, x, y } = canvas
  const rx = film.rho * 1.6
  const bronchi = canvas.map()
  for (const [side, length] of [
    [-1, 0.055],
    [1, 0.07],
  ] as const) {
    const fork = rx * 0.7 + 0.006
    canvas.capsule(bronchi, fork, CARINA, rx + side * length * 1.25, CARINA + length, 0.0125, 0.009, 0.8)
  }
  const w = canvas.window(rx - 0.13, -0.05, rx + 0.13, 0.46)
  for (let j = w.y0; j < w.y1; j++) {
    for (let o = j * size + w.x0; o < j * size + w.x1; o++) {
      const py = y[o]!
      const d = (x[o]! - (rx * 0.7 + 0.006 * smoothstep(0.2, 0.3, py))) / HALF_WIDTH
      const tube = 0.06 * rootOf(1 - d * d) * smoothstep(0.37, 0.345, py) * smoothstep(-0.02, 0.03, py)
      const branch = bronchi[o]! * 0.9
      map[o]! += amount * (tube > branch ? tube : branch)
    }
  }
}
