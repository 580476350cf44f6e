/** Transmission of a film: the lead markers, the exponential, the focal blur and the box average to the film's size. */
import { transmission } from '../attenuation.ts'
import { binomial } from './binomial.ts'
import { blockMean } from './blockMean.ts'
import { LEAD } from './glyphs.ts'

/** Binomial passes of the focal blur on a render grid: 0 at 256², 1 at 512², 5 at 1024². */
export function blurPasses(renderSize: number): number {
  const sigma = 0.0016 * renderSize
  return Math.floor(2 * (sigma * sigma) + 0.5)
}

/** Transmission on the film grid from an attenuation map on the render grid. */
export function expose(
  attenuation: Float64Array,
  marker: Float64Array,
  renderSize: number,
  filmSize: number,
): Float64Array {
  const transmitted = new Float64Array(attenuation.length)
  for (let o = 0; o < attenuation.length; o++) transmitted[o] = transmission(attenuation[o]! + LEAD * marker[o]!)
  return blockMean(binomial(transmitted, renderSize, blurPasses(renderSize)), renderSize, renderSize / filmSize)
}
