/** Cardiomegaly: the heart drawn wider, cardiothoracic ratio above one half on a PA film by definition. */
import { heartShape } from '../bodies/heart.ts'
import { clamp } from '../smoothstep.ts'
import type { FindingKind } from './findingKind.ts'

export interface Cardiomegaly {
  /** Cardiothoracic ratio before magnification. */
  readonly ctr: number
}

export const cardiomegaly: FindingKind<Cardiomegaly> = {
  draw: ({ key, delta }) => ({ ctr: clamp(0.53 + (0.16 - 0.12 * delta) * key.uniform('ctr'), 0.52, 0.72) }),
  structure: (f, _patient, film) => ({ ratio: Math.min(f.ctr * film.hm, 0.74) }),
  lesion: (anatomy) => {
    const { canvas, patient, ratio } = anatomy
    const { x, y, film } = canvas
    const heart = heartShape(patient, film, ratio)
    const signal = canvas.map()
    for (let o = 0; o < signal.length; o++) {
      if (heart.ventricle(x[o]!, y[o]!) > 0 || heart.atrium(x[o]!, y[o]!) > 0) signal[o] = 1
    }
    return { added: null, collapsed: null, signal }
  },
  leastContrast: 6,
  leastArea: 0.0015,
}
