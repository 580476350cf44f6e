// The path of a latent as a row of films: start and end, and points between at even distances along the way.
import { GanModelsError } from '../GanModelsError.ts'
import type { LatentPoint } from './optimiseLatent.ts'

/**
 * @param frames wanted, 2 or more
 * @returns points of the path in its order, first and last among them; fewer where the path has fewer
 * @throws GanModelsError when frames are no whole number of 2 or more, or the path is empty
 */
export const filmStrip = (path: ReadonlyArray<LatentPoint>, frames: number): ReadonlyArray<LatentPoint> => {
  if (!(Number.isInteger(frames) && frames > 1)) throw new GanModelsError('frames', `must be 2 or more, got ${frames}`)
  if (path.length === 0) throw new GanModelsError('path', 'holds no point')
  const travelled = [0]
  for (let i = 1; i < path.length; i++) travelled.push(travelled[i - 1]! + distance(path[i - 1]!.z, path[i]!.z))
  const whole = travelled.at(-1)!
  const wanted = Array.from({ length: frames }, (_, f) => (f * whole) / (frames - 1))
  const nearest = wanted.map((way) =>
    travelled.reduce((best, at, i) => (closer(at, travelled[best]!, way) ? i : best), 0),
  )
  return [...new Set([...nearest.slice(0, -1), path.length - 1])].map((i) => path[i]!)
}

const closer = (a: number, b: number, to: number): boolean => Math.abs(a - to) < Math.abs(b - to)
const distance = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, v, i) => sum + (v - b[i]!) ** 2, 0))
