/** Thickness of the body with neck, shoulders and, on some films, the arms beside the chest. First body of `anatomy.ts`. */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import { clamp, rootOf, smoothstep } from '../smoothstep.ts'

const { min } = Math

/** Height of the shoulder line at distance ax from the midline; above it lies air. */
export function shoulderLine(patient: Patient, ax: number): number {
  const beyond = ax > 0.4 ? ax - 0.4 : 0
  return -patient.sh + patient.shs * (ax > 0.12 ? ax - 0.12 : 0) + 1.6 * (beyond * beyond) * 4
}

export interface Torso {
  /** Thickness of everything that is not bone, film widths. */
  readonly thickness: Float64Array
  /** Thickness of the humeral shafts; null when the arms are out of the film. */
  readonly humerus: Float64Array | null
}

export function torso(canvas: Canvas, patient: Patient): Torso {
  const { film, x, y } = canvas
  const thickness = canvas.map()
  for (let o = 0; o < thickness.length; o++) {
    const px = x[o]!
    const py = y[o]!
    const ax = px < 0 ? -px : px
    const B = patient.Bt + 0.1 * smoothstep(0.42, 0.08, py) + 0.03 * smoothstep(0.55, 1, py)
    const z = min(ax / B, 1)
    const z2 = z * z
    const trunk =
      patient.T0 *
      (1 - 0.12 * smoothstep(0.3, 0.05, py) + 0.06 * smoothstep(0.6, 0.95, py)) *
      rootOf(1 - z2 * z2) *
      rootOf(clamp((py - shoulderLine(patient, ax)) / 0.22, 0, 1))
    const zn = ax / (0.105 + 0.02 * smoothstep(0.02, 0.15, py))
    const neck = zn < 1 && py < 0.3 ? 0.34 * rootOf(1 - zn * zn) * smoothstep(0.3, 0.1, py) : 0
    thickness[o] = trunk > neck ? trunk : neck
  }
  if (!film.arms) return { thickness, humerus: null }
  const flesh = canvas.map()
  const humerus = canvas.map()
  const k = film.view === 'AP' ? 0.025 : 0.05
  for (const s of [-1, 1]) {
    const shoulder = patient.Bt + 0.03
    canvas.capsule(flesh, s * shoulder, 0.16, s * (shoulder + k * 2.5), 0.85, 0.062, 0.05, 1.1, 'max')
    canvas.capsule(humerus, s * (patient.Bt + 0.015), 0.13, s * (patient.Bt + 0.04 + k * 2), 0.8, 0.017, 0.014)
  }
  for (let o = 0; o < thickness.length; o++) {
    const arm = flesh[o]! * 0.95
    if (arm > thickness[o]!) thickness[o] = arm
    humerus[o]! *= 0.55
  }
  return { thickness, humerus }
}
