/** Texture of lung and of soft tissue: two fields of fractal noise a film, the lung's only where there is air. */
import type { Canvas } from '../canvas.ts'
import { fbm } from '../noise.ts'
import type { Patient } from '../patient.ts'

export interface Textures {
  readonly lung: Float64Array
  readonly muscle: Float64Array
}

export function textures(canvas: Canvas, patient: Patient, thickness: Float64Array, lungAir: Float64Array): Textures {
  const { key } = patient
  const lung = fbm(canvas, key.hash('tex'), 38, 3, { where: lungAir })
  const coarse = fbm(canvas, key.hash('tex2'), 9, 3, { where: lungAir })
  for (let o = 0; o < lung.length; o++) lung[o] = lung[o]! * 0.6 + coarse[o]!
  return { lung, muscle: fbm(canvas, key.hash('mus'), 13, 4, { shear: 0.35, stretch: 0.6, where: thickness }) }
}
