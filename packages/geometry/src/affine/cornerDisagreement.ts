// How far two alignments of the same film are apart, in a unit that a reader can picture. Used to judge aligners.
import { applyTheta } from './Theta.ts'
import type { Theta } from './Theta.ts'

/** Mean distance of the four film corners under the two maps, in film widths (half of normalised units). */
export const cornerDisagreement = (a: Theta, b: Theta): number => {
  let sum = 0
  for (const x of [-1, 1]) {
    for (const y of [-1, 1]) {
      const [ax, ay] = applyTheta(a, x, y)
      const [bx, by] = applyTheta(b, x, y)
      sum += Math.hypot(ax - bx, ay - by) / 2
    }
  }
  return sum / 4
}
