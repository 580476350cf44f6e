/**
 * The checkerboard that upsampling by a stride s leaves: a pattern of period s, all of whose energy lies at multiples of 1/s cycles
 * a pixel. Measured on what a generator makes of constant input, where `transposedOverlap` says what to expect, and on generated
 * films beside real ones.
 */
import { MetricError } from '../MetricError.ts'
import type { PowerSpectrum } from './powerSpectrum.ts'

export interface CheckerboardEnergy {
  /** Σ of power at (a·H/s, b·W/s) without (0, 0): the variance of the means of the s² phases, in squared pixel units */
  readonly energy: number
  /** √energy: the pattern's root mean square, in pixel units */
  readonly rms: number
  /** energy / all power but the mean's: 1 where the film is nothing but the pattern, 0 where it is constant */
  readonly share: number
  /**
   * power at such a frequency / mean power of those around it, averaged over the s² − 1 of them: about 1 on films without a
   * pattern, judge it beside real films. Infinity where those around have none, 1 where it has none either
   */
  readonly peak: number
}

/**
 * @param stride s, of one upsampling layer, or the product of several in a row; divides both sides
 * @throws MetricError when the stride does not divide the sides, or leaves no frequencies between its multiples
 */
export const checkerboardEnergy = (spectrum: PowerSpectrum, stride: number): CheckerboardEnergy => {
  const { power, height, width } = spectrum
  if (!(Number.isInteger(stride) && stride > 1)) throw new MetricError('stride', `must be 2 or more, got ${stride}`)
  if (height % stride !== 0 || width % stride !== 0)
    throw new MetricError('stride', `${stride} does not divide ${height} x ${width}: crop the films`)
  const [stepY, stepX] = [height / stride, width / stride]
  const reach = Math.min(3, Math.floor((Math.min(stepY, stepX) - 1) / 2)) // halfway to the next multiple at most
  if (reach < 1) throw new MetricError('stride', `${stride} leaves no frequencies between on ${height} x ${width}`)
  const at = (u: number, v: number): number => power[((u + height) % height) * width + ((v + width) % width)]!
  let [energy, peaks] = [0, 0]
  for (let a = 0; a < stride; a++) {
    for (let b = 0; b < stride; b++) {
      if (a === 0 && b === 0) continue
      const own = at(a * stepY, b * stepX)
      const around = neighbours(at, [a * stepY, b * stepX], [a > 0 ? reach : 0, b > 0 ? reach : 0])
      energy += own
      peaks += own === 0 && around === 0 ? 1 : own / around
    }
  }
  const varying = power.reduce((sum, p) => sum + p, 0) - power[0]!
  return {
    energy,
    rms: Math.sqrt(energy),
    share: varying > 0 ? Math.min(1, energy / varying) : 0,
    peak: peaks / (stride * stride - 1),
  }
}

/**
 * Mean power around a frequency. One on an axis is compared along that axis alone: a film's opposite edges differ, which lifts
 * the axes of its spectrum above everything beside them.
 */
const neighbours = (
  at: (u: number, v: number) => number,
  [u, v]: readonly [number, number],
  [reachY, reachX]: readonly [number, number],
): number => {
  let [sum, count] = [0, 0]
  for (let i = -reachY; i <= reachY; i++) {
    for (let j = -reachX; j <= reachX; j++) {
      if (i === 0 && j === 0) continue
      sum += at(u + i, v + j)
      count++
    }
  }
  return sum / count
}
