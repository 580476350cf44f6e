/**
 * Scapulae (plate, border, spine, acromion) and the upper humeri. On AP films the medial borders lie over the lungs, on
 * PA films they are rolled out.
 */
import type { Canvas } from '../canvas.ts'
import type { Patient } from '../patient.ts'
import { rootOf, smoothstep } from '../smoothstep.ts'
import { shoulderLine } from './torso.ts'

const { abs, min, sqrt } = Math

/** Adds `amount` × their thickness into `map`, inside the body's outline. */
export function addScapulae(map: Float64Array, canvas: Canvas, patient: Patient, amount: number): void {
  const { film, size, x, y } = canvas
  const so = film.scap
  const hx = 0.463 + 0.01 * so
  for (const side of [-1, 1]) {
    const w = canvas.window(side * 0.23, -0.1, side * 0.75, 1.4)
    for (let j = w.y0; j < w.y1; j++) {
      for (let p = w.x0, o = j * size + w.x0; p < w.x1; p++, o++) {
        const xs = x[o]! * side
        if (xs < 0.23) continue
        const py = y[o]!
        const fade = smoothstep(0, 0.03, py - shoulderLine(patient, xs))
        if (fade === 0) continue
        const e1 = xs - (0.262 + 0.085 * so) - 0.16 * (py - 0.16) * (0.9 - 0.5 * so)
        const e2 = 0.445 + 0.01 * so - xs - 0.34 * (py > 0.16 ? py - 0.16 : 0)
        const e3 = py - (0.15 - 0.16 * (xs - 0.33))
        const e4 = 0.44 - py
        const inset = min(min(e1, e2), min(e3, e4))
        let sum = 0.0075 * smoothstep(-0.002, 0.01, inset)
        sum += 0.0085 * smoothstep(0.013, 0.003, abs(inset - 0.006)) * smoothstep(0.47, 0.3, py)
        const rx = xs - hx
        const ry = (py - 0.158) * 0.95
        const r = sqrt(rx * rx + ry * ry)
        sum += 0.034 * rootOf(1 - (r / 0.042) * (r / 0.042)) + 0.006 * smoothstep(0.006, 0, abs(r - 0.039))
        const shaft = (xs - (hx + 0.012 + 0.14 * (py - 0.16))) / 0.019
        sum +=
          (0.018 * rootOf(1 - shaft * shaft) + 0.012 * smoothstep(0.3, 0.05, abs(abs(shaft) - 0.8))) *
          smoothstep(0.165, 0.2, py)
        const ridge = (py - (0.178 - 0.22 * (xs - 0.3))) / 0.009
        sum += 0.012 * rootOf(1 - ridge * ridge) * smoothstep(0.3, 0.335, xs) * smoothstep(0.46, 0.43, xs)
        const acromion = (py - (0.125 - 0.1 * (xs - 0.4))) / 0.014
        sum += 0.014 * rootOf(1 - acromion * acromion) * smoothstep(0.36, 0.385, xs) * smoothstep(0.46, 0.44, xs)
        map[o]! += amount * sum * fade
      }
    }
  }
}
