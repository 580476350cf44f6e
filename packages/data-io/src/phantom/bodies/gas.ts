/** Gas below the dome: the stomach bubble of some patients and scattered bowel gas, subtracted from the soft tissue. */
import type { Canvas } from '../canvas.ts'
import { fbm } from '../noise.ts'
import type { Patient } from '../patient.ts'
import { smoothstep } from '../smoothstep.ts'

/** Adds `amount` × the gas into `map`, below the dome and inside the body only. */
export function addGas(
  map: Float64Array,
  canvas: Canvas,
  patient: Patient,
  below: Float64Array,
  thickness: Float64Array,
  amount: number,
): void {
  const { film, size, x, y } = canvas
  const { key } = patient
  if (patient.gas < 0.55) {
    const gx = 0.155 + 0.05 * (patient.gas - 0.4)
    const gy = patient.yd - film.insp + patient.dd + 0.062
    const gw = 0.06 + 0.05 * patient.gas
    const gh = 0.022 + 0.02 * key.uniform('gh')
    const peak = 0.05 + 0.09 * key.uniform('gd')
    // The ragged edge reaches to 1 + 0.35·(largest noise, 1.35) of the squared radius: half axes × 1.25.
    const w = canvas.window(gx - 1.25 * gw, gy - 1.25 * gh, gx + 1.25 * gw, gy + 1.25 * gh)
    const ragged = fbm(canvas, key.hash('gasn'), 14, 2, { window: w })
    for (let j = w.y0; j < w.y1; j++) {
      for (let o = j * size + w.x0; o < j * size + w.x1; o++) {
        if (thickness[o]! <= 0.1) continue
        const dx = (x[o]! - gx) / gw
        const dy = (y[o]! - gy) / gh
        map[o]! += amount * (peak * smoothstep(0, 0.5, 1 - dx * dx - dy * dy + 0.35 * ragged[o]!)) * below[o]!
      }
    }
  }
  const w = canvas.window(-0.3, 0.8, 0.3, 1.5)
  const bowel = fbm(canvas, key.hash('bowel'), 11, 3, { window: w })
  for (let j = w.y0; j < w.y1; j++) {
    for (let o = j * size + w.x0; o < j * size + w.x1; o++) {
      const px = x[o]!
      const bubble = smoothstep(0.55, 1.2, bowel[o]!)
      if (bubble === 0) continue
      const place = smoothstep(0.8, 0.9, y[o]!) * smoothstep(0.3, 0.18, px < 0 ? -px : px)
      map[o]! += amount * 0.05 * bubble * place * below[o]!
    }
  }
}
