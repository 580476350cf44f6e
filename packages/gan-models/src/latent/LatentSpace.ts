// Where latents lie, by the prior that a generator was trained with, and how a search moves there: on the sphere along great circles, in the
// cube along straight lines that bend where they meet a face. Used by `optimiseLatent`.
import type { LatentPrior } from '../latentGenerator.ts'
import { onSphere } from './onSphere.ts'

/**
 * Steps have one unit in both: the root mean square of what a number of z changes by, which on the sphere is the angle in radians.
 */
export interface LatentSpace {
  /** The latent of the space that is nearest to z [d]. @throws GanModelsError when there is none */
  readonly nearest: (z: ArrayLike<number>) => Float64Array
  /** Of a gradient by z the part in which one can go from there. */
  readonly ahead: (z: Float64Array, gradient: Float64Array) => Float64Array
  /** A step from z along a direction of length 1 out of `ahead`. */
  readonly move: (z: Float64Array, direction: Float64Array, step: number) => LatentMove
}

interface LatentMove {
  readonly z: Float64Array
  /** direction at the start and at the end of what moves to the end: the slope between them says where the top is */
  readonly from: Float64Array
  readonly to: Float64Array
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0)

/** ‖z‖ = √d. A step of α: cos α · z + sin α · √d t, and ahead is the gradient less its part along z. */
const sphere: LatentSpace = {
  nearest: onSphere,
  ahead: (z, gradient) => {
    const radial = dot(gradient, z) / z.length
    return gradient.map((v, i) => v - radial * z[i]!)
  },
  move: (z, direction, step) => {
    const [cos, sin, radius] = [Math.cos(step), Math.sin(step), Math.sqrt(z.length)]
    return {
      z: onSphere(z.map((v, i) => cos * v + sin * radius * direction[i]!)),
      from: direction,
      to: z.map((v, i) => (-sin * v) / radius + cos * direction[i]!),
    }
  },
}

/**
 * [−1, 1]^d: a step of α goes to the projection of z + α √d t, which is each number by itself brought to the interval. A number at a face stays
 * there as long as the gradient points outwards. The top of a linear score w · z is the corner sign(w).
 */
const cube: LatentSpace = {
  nearest: (z) => Float64Array.from(z, inside),
  ahead: (z, gradient) => gradient.map((v, i) => (Math.abs(z[i]!) === 1 && v * z[i]! > 0 ? 0 : v)),
  move: (z, direction, step) => {
    const way = z.map((v, i) => v + step * Math.sqrt(z.length) * direction[i]!)
    const moving = direction.map((v, i) => (Math.abs(way[i]!) < 1 ? v : 0))
    return { z: way.map(inside), from: moving, to: moving }
  },
}

const inside = (v: number): number => Math.min(1, Math.max(-1, v))

export const latentSpaces: Readonly<Record<LatentPrior, LatentSpace>> = { sphere, uniform: cube }
