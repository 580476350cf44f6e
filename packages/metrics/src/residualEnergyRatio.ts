/**
 * Where a residual |x − G(x)| lies: its energy a pixel inside the pathology against outside. Tests G16's aim that the
 * residual be non-zero only in pathology; an untrained generator or a constant map has ratio 1.
 */
import { MetricError } from './MetricError.ts'

export interface ResidualEnergy {
  /** mean of squares over mask pixels */
  readonly inside: number
  /** mean of squares over the other pixels */
  readonly outside: number
  /** inside / outside; Infinity when only the outside is zero, 1 when both are (no residual, no preference) */
  readonly ratio: number
}

/**
 * @param residual one value a pixel, signed or not, row-major
 * @param mask pathology, non-zero, same length
 * @throws MetricError when lengths differ, or the mask is empty or everything
 */
export const residualEnergyRatio = (residual: ArrayLike<number>, mask: ArrayLike<number>): ResidualEnergy => {
  if (residual.length !== mask.length)
    throw new MetricError('mask', `has ${mask.length} pixels, the residual has ${residual.length}`)
  const energy = [0, 0]
  const pixels = [0, 0]
  for (let i = 0; i < residual.length; i++) {
    const side = mask[i] ? 1 : 0
    energy[side]! += residual[i]! ** 2
    pixels[side]! += 1
  }
  if (!pixels[0] || !pixels[1]) throw new MetricError('mask', 'needs pixels inside and outside')
  const [outside, inside] = [energy[0]! / pixels[0], energy[1]! / pixels[1]]
  return { inside, outside, ratio: outside === 0 && inside === 0 ? 1 : inside / outside }
}
