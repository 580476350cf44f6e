/** Thickness of the pulmonary vessels and hila; `swell` is the factor of their radii in edema. */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import type { VesselPiece } from '../vesselTree.ts'
import { addHila } from './hila.ts'

export function vessels(canvas: Canvas, patient: Patient, tree: readonly VesselPiece[], swell = 1): Float64Array {
  const { film } = canvas
  const map = canvas.map()
  const dx = film.rho * 1.6 * 0.5
  const dy = film.insp * 0.5
  for (const piece of tree) {
    const { x0, y0, x1, y1, r0, r1 } = piece
    canvas.capsule(map, x0 + dx, y0 - dy, x1 + dx, y1 - dy, r0 * swell, r1 * swell, 0.9)
  }
  addHila(map, canvas, patient, swell)
  return map
}
