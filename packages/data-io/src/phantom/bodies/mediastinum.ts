/**
 * Soft tissue that displaces lung air: heart, great-vessel cone, aortic knob and pulmonary segment, merged by maximum;
 * returns the air that remains. Used by `anatomy.ts`, again for cardiomegaly.
 */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import { clamp, smoothstep } from '../smoothstep.ts'
import { heartDepth, heartShape } from './heart.ts'

const { max, sqrt } = Math

/** Height of the aortic knob. */
export function knobHeight(patient: Patient): number {
  return 0.285 + 0.1 * (patient.ya - 0.105)
}

/** Lung air less mediastinum for a heart of the given ratio. */
export function displacedAir(
  canvas: Canvas,
  patient: Patient,
  wobble: Float64Array,
  lungAir: Float64Array,
  ratio: number,
): Float64Array {
  const { film, x, y } = canvas
  const heart = heartShape(patient, film, ratio)
  const { xr, xl, yb } = heart
  const rx = film.rho * 1.6
  const { med, knob } = patient
  const kx = med * 0.62 + 0.01
  const ky = knobHeight(patient)
  const air = canvas.map()
  for (let o = 0; o < air.length; o++) {
    const free = lungAir[o]!
    if (free === 0) continue
    const px = x[o]!
    const py = y[o]!
    let depth = heartDepth(heart, px, py)
    const xm = px - rx + wobble[o]! * 1.2
    const my = clamp((py - 0.05) / 0.5, 0, 1)
    let z: number
    if (xm < 0) {
      const right = med * (0.8 + 0.25 * my)
      z = xm / (right + (-xr + rx - right) * 0.93 * smoothstep(yb - 0.36, yb - 0.1, py))
    } else {
      const left = med * (0.8 + 0.2 * my)
      z = xm / (left + (xl - rx - left) * 0.72 * smoothstep(yb - 0.34, yb - 0.05, py))
    }
    const c = 1 - z * z
    if (c > 0) depth = max(depth, 0.38 * (0.55 * sqrt(c) + 0.45 * c) * smoothstep(0.82, 0.72, py))
    const kdx = (xm - kx) / knob
    const kdy = (py - ky) / (knob * 1.35)
    const k = 1 - kdx * kdx - kdy * kdy
    if (k > 0) depth = max(depth, 0.24 * (0.5 * sqrt(k) + 0.5 * k))
    const pdx = (xm - 0.045) / 0.04
    const pdy = (py - (ky + 0.1)) / 0.075
    const segment = 1 - pdx * pdx - pdy * pdy
    if (segment > 0) depth = max(depth, 0.13 * segment)
    air[o] = free > depth ? free - depth : 0
  }
  return air
}
