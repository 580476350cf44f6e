// Between two latents: along the great circle where latents lie on a sphere, in a straight line where they are uniform.
import type { LatentGenerator } from '../latentGenerator.ts'
import { GanModelsError } from '../GanModelsError.ts'
import { onSphere } from './onSphere.ts'

/**
 * sphere: (sin((1 − t) ω) a + sin(t ω) b) / sin ω, a and b on ‖z‖ = √d, ω the angle between them (Shoemake 1985); uniform:
 * (1 − t) a + t b.
 * @param t 0 gives `from`, 1 gives `to`
 * @throws GanModelsError when lengths differ, or both lie opposite each other on the sphere, where no way is the shortest
 */
export const interpolateLatents = (
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  t: number,
  prior: LatentGenerator['prior'] = 'sphere',
): Float64Array => {
  if (from.length !== to.length)
    throw new GanModelsError('latents', `have ${from.length} and ${to.length} numbers: take both of one generator`)
  const between = (a: ArrayLike<number>, b: ArrayLike<number>, ofA: number, ofB: number): Float64Array =>
    Float64Array.from(a, (v, i) => ofA * v + ofB * b[i]!)
  if (prior === 'uniform') return between(from, to, 1 - t, t)
  const [a, b] = [onSphere(from), onSphere(to)]
  const cosine = a.reduce((sum, v, i) => sum + v * b[i]!, 0) / a.length
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)))
  // so near to each other that the line is the circle
  if (angle < 1e-6) return onSphere(between(a, b, 1 - t, t))
  if (Math.PI - angle < 1e-6)
    throw new GanModelsError('latents', 'lie opposite each other: go by way of a third, or take another one')
  return between(a, b, Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle))
}
