/** Support devices: a catheter (two of three films) and three electrodes with their wires. */
import type { Canvas } from '../canvas.ts'
import { smoothstep } from '../smoothstep.ts'
import type { FindingKind } from './findingKind.ts'

export interface Device {
  /** 0 and 1 = two courses of a line, 2 = electrodes only. */
  readonly kind: number
}

type Point = readonly [x: number, y: number]

/** Courses of the line from the neck's side to the right atrium. */
const COURSES: readonly (readonly Point[])[] = [
  [
    [-0.3, 0.02],
    [-0.2, 0.1],
    [-0.07, 0.15],
    [-0.045, 0.25],
    [-0.035, 0.4],
  ],
  [
    [0.42, 0.1],
    [0.3, 0.13],
    [0.1, 0.16],
    [0, 0.2],
    [-0.04, 0.3],
    [-0.035, 0.42],
  ],
]
const ELECTRODES: readonly Point[] = [
  [-0.25, 0.2],
  [0.27, 0.22],
  [0.2, 0.66],
]
/** Attenuation per unit of drawn thickness. */
const METAL = 40

export const device: FindingKind<Device> = {
  draw: ({ key }) => ({ kind: Math.floor(key.uniform('kind') * 3) }),
  lesion: ({ canvas }, f) => {
    const map = canvas.map()
    const shift = 0.01 * f.key.normal('dx')
    const course = COURSES[f.kind] ?? []
    for (let i = 0; i + 1 < course.length; i++) {
      const [x0, y0] = course[i]!
      const [x1, y1] = course[i + 1]!
      canvas.capsule(map, x0 + shift, y0, x1 + shift, y1, 0.0032, 0.0032)
    }
    ELECTRODES.forEach(([ex, ey], i) => {
      const x = ex + 0.03 * f.key.normal('ex', 0, 1, i)
      const y = ey + 0.03 * f.key.normal('ey', 0, 1, i)
      addElectrode(map, canvas, x, y)
      const down = i < 2 ? -0.05 : 0.05
      let wire = x
      for (let q = 0; q < 6; q++) {
        const next = wire + 0.02 * f.key.normal('wx', 0, 1, q + 9 * i)
        canvas.capsule(map, wire, y + q * down, next, y + (q + 1) * down, 0.0018, 0.0018, 1.2, 'max')
        wire = next
      }
    })
    const added = new Float64Array(map.length)
    for (let o = 0; o < map.length; o++) added[o] = METAL * map[o]!
    return { added, collapsed: null, signal: map }
  },
  leastContrast: 6,
  leastArea: 0,
}

function addElectrode(map: Float64Array, canvas: Canvas, cx: number, cy: number): void {
  const { size, x, y } = canvas
  const w = canvas.window(cx - 0.013, cy - 0.013, cx + 0.013, cy + 0.013)
  for (let j = w.y0; j < w.y1; j++) {
    for (let o = j * size + w.x0; o < j * size + w.x1; o++) {
      const dx = x[o]! - cx
      const dy = y[o]! - cy
      const disc = 0.012 * smoothstep(0.0125, 0.0115, Math.sqrt(dx * dx + dy * dy))
      if (disc > map[o]!) map[o] = disc
    }
  }
}
