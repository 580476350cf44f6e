/**
 * The pulmonary vessel tree: twelve primaries a side, six levels, two bent pieces a branch, 3,024 capsules in patient
 * coordinates. Drawn as vessels by `bodies/vessels.ts`, and, thinner, as air bronchograms by the opacity finding.
 */
import type { Patient } from './patient.ts'
import { rotation } from './rotation.ts'

/** A piece of vessel from (x0, y0) with radius r0 to (x1, y1) with radius r1; level 0 is nearest to the hilum. */
export interface VesselPiece {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  readonly r0: number
  readonly r1: number
  readonly side: -1 | 1
  readonly level: number
}

/** Direction (down, outwards) and weight of the primaries. */
const PRIMARIES: readonly (readonly [dy: number, dx: number, w: number])[] = [
  [-0.95, 0.3, 0.8],
  [-0.8, 0.62, 0.75],
  [-0.42, 0.9, 0.8],
  [-0.05, 1, 0.7],
  [0.3, 0.95, 0.85],
  [0.62, 0.78, 1.05],
  [0.86, 0.5, 1.2],
  [0.97, 0.22, 1.1],
  [0.5, 0.86, 0.8],
  [-0.65, 0.8, 0.6],
  [0.15, 1, 0.6],
  [0.78, 0.66, 0.8],
]
const LAST_LEVEL = 5

interface Branch {
  readonly node: number
  readonly x: number
  readonly y: number
  readonly ux: number
  readonly uy: number
  readonly length: number
  readonly radius: number
  readonly level: number
}

/** All pieces, pre-order with child 1 before child 0. */
export function vesselTree(patient: Patient): VesselPiece[] {
  const pieces: VesselPiece[] = []
  for (const side of [-1, 1] as const) {
    const hx = side * 0.088
    const hy = patient.hil + (side > 0 ? -0.018 : 0)
    PRIMARIES.forEach(([dy, dx, w], b) => {
      const key = patient.key.sub('tree', (side < 0 ? 0 : 64) + b)
      const norm = Math.sqrt(dx * dx + dy * dy)
      const turn = rotation(key.normal('q0', 0, 0.06))
      const px = (side * dx) / norm
      const py = dy / norm
      const stack: Branch[] = [
        {
          node: 1,
          x: hx + key.normal('jx', 0, 0.006),
          y: hy + dy * 0.03 + key.normal('jy', 0, 0.008),
          ux: px * turn.cos - py * turn.sin,
          uy: px * turn.sin + py * turn.cos,
          length: 0.068 * (0.5 + 0.5 * w) * key.uniform('l0', 0.85, 1.2),
          radius: 0.0118 * w * patient.vess,
          level: 0,
        },
      ]
      for (let branch = stack.pop(); branch !== undefined; branch = stack.pop()) {
        const { node, length, level } = branch
        let { x, y, ux, uy, radius } = branch
        for (let j = 0; j < 2; j++) {
          const bend = rotation(key.normal('bend', 0, 0.115, 2 * node + j))
          const vx = ux * bend.cos - uy * bend.sin
          uy = ux * bend.sin + uy * bend.cos
          ux = vx
          const x1 = x + (ux * length) / 2
          const y1 = y + (uy * length) / 2
          const r1 = radius * 0.93
          pieces.push({ x0: x, y0: y, x1, y1, r0: radius, r1, side, level })
          x = x1
          y = y1
          radius = r1
        }
        if (level === LAST_LEVEL) continue
        const split = key.uniform('split', 0.1, 0.3, node)
        const bigChild = key.hash('big', node) & 1
        for (let j = 0; j < 2; j++) {
          const big = bigChild === j
          const fork = rotation((j === 0 ? 1 : -1) * split * (big ? 0.55 : 1.1))
          stack.push({
            node: 2 * node + j,
            x,
            y,
            ux: ux * fork.cos - uy * fork.sin,
            uy: ux * fork.sin + uy * fork.cos,
            length: length * key.uniform('ll', 0.74, 1, 2 * node + j) * (big ? 1.04 : 0.9),
            radius: radius * (big ? 0.83 : 0.64),
            level: level + 1,
          })
        }
      }
    })
  }
  return pieces
}
