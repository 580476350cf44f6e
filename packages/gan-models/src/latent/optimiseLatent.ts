// Latent class optimisation (P5): the generator stays as it is, and z climbs a classifier's score of one class on the sphere
// ‖z‖ = √d. Steps are angles along great circles, in the direction of the gradient without its radial part:
//
//   u = z/√d,  g = ∂s/∂u − (∂s/∂u · u) u,  t = g/‖g‖,  u(α) = cos α · u + sin α · t,  ds/dα = g(u(α)) · (−sin α · u + cos α · t)
//
// The angle is that at which the slope, linear between both ends of the step before, would be 0, so no learning rate is needed.
// For a linear generator G and a logistic classifier w the optimum is z* = √d · Gᵀw / ‖Gᵀw‖, reached in a few steps.
import * as tf from '@tensorflow/tfjs-core'
import { GanModelsError } from '../GanModelsError.ts'
import type { ClassScore, FrozenGenerator } from './FrozenGenerator.ts'
import { onSphere } from './onSphere.ts'
import { whileFrozen } from './whileFrozen.ts'

export interface LatentOptions {
  /** films the classifier may judge, each with its gradient @default 100 */
  readonly calls?: number
  /** the longest step, in radians; a shorter one keeps nearer to the start's own hill @default 0.3 */
  readonly longestStep?: number
  /** a step shorter than this ends the climb, in radians @default 1e-6 */
  readonly shortestStep?: number
}

export interface LatentPoint {
  /** [d], of length √d */
  readonly z: Float32Array
  readonly score: number
  /** calls of the classifier so far, this one included */
  readonly call: number
}

export interface LatentPath {
  /** from the start, each higher than the one before (but for float32's rounding); the last one is the result */
  readonly path: ReadonlyArray<LatentPoint>
  /** score of every call, steps that were taken back too */
  readonly scores: ReadonlyArray<number>
  /** calls of the classifier, for `bestOfRandom` to have as many */
  readonly calls: number
  /** a step would have been shorter than `shortestStep`; else calls ran out */
  readonly converged: boolean
}

/**
 * @param problem.start any z [d] with a direction; it is brought to the sphere
 * @throws GanModelsError when the generator's parameters changed, the score is not one finite number a film, or an option is out
 * of range
 */
export const optimiseLatent = (
  problem: { readonly generator: FrozenGenerator; readonly score: ClassScore; readonly start: ArrayLike<number> },
  { calls: most = 100, longestStep = 0.3, shortestStep = 1e-6 }: LatentOptions = {},
): Promise<LatentPath> => {
  const { generator, score, start } = problem
  if (!(Number.isInteger(most) && most > 0)) throw new GanModelsError('calls', `must be 1 or more, got ${most}`)
  if (!(longestStep > shortestStep && longestStep <= Math.PI / 2 && shortestStep > 0))
    throw new GanModelsError('longestStep', `must be in (${shortestStep}, π/2], got ${longestStep}`)
  return whileFrozen(generator.params, async () => {
    const scores: number[] = []
    const at = async (u: Float64Array): Promise<Point> => {
      const point = await evaluate(generator, score, u)
      scores.push(point.score)
      return point
    }
    const kept = ({ u, score: reached }: Point): LatentPoint => ({
      z: latentOf(u),
      score: reached,
      call: scores.length,
    })

    let here = await at(onSphere(start).map((v) => v / Math.sqrt(start.length)))
    const path = [kept(here)]
    let slope = length(here.gradient)
    let angle = longestStep / 4 // nothing is known of the curvature yet
    let converged = slope === 0
    while (!converged && scores.length < most) {
      const t = here.gradient.map((v) => v / slope)
      const there = await at(here.u.map((v, i) => Math.cos(angle) * v + Math.sin(angle) * t[i]!))
      const forward = here.u.map((v, i) => -Math.sin(angle) * v + Math.cos(angle) * t[i]!)
      const slopeThere = dot(there.gradient, forward)
      // radians for each unit of slope until the slope is 0; where it grew, none is in sight
      const reach = slope > slopeThere ? angle / (slope - slopeThere) : (2 * angle) / slope
      if (there.score >= here.score - ROUNDING * Math.max(1, Math.abs(here.score))) {
        here = there
        path.push(kept(here))
        slope = length(here.gradient)
        angle = Math.min(longestStep, reach * slope)
      } else angle = Math.min(angle / 2, reach * slope)
      converged = !(angle >= shortestStep)
    }
    return { path, scores, calls: scores.length, converged }
  })
}

/** Scores are float32; close to the top they differ by less than that, and the slope alone knows the way. */
const ROUNDING = 2 ** -22

interface Point {
  /** [d], of length 1 */
  readonly u: Float64Array
  readonly score: number
  /** ∂s/∂u without its radial part */
  readonly gradient: Float64Array
}

const evaluate = async (generator: FrozenGenerator, score: ClassScore, u: Float64Array): Promise<Point> => {
  const unit = u.map((v) => v / length(u))
  const tensors = tf.tidy(() => {
    const z = tf.tensor2d(latentOf(unit), [1, u.length])
    const one = (x: tf.Tensor): tf.Scalar => {
      const found = score(generator.generate(x as tf.Tensor2D))
      if (found.size !== 1)
        throw new GanModelsError('score', `gives ${found.size} numbers for one film: give one a film`)
      return found.reshape([])
    }
    return tf.valueAndGrad(one)(z)
  })
  const [[value], byZ] = await Promise.all([tensors.value.data(), tensors.grad.data()])
  tf.dispose([tensors.value, tensors.grad])
  const byU = Float64Array.from(byZ, (v) => v * Math.sqrt(u.length))
  if (!(Number.isFinite(value) && byU.every((v) => Number.isFinite(v))))
    throw new GanModelsError('score', `is ${value}, or its gradient is not finite: score logits, not probabilities`)
  const radial = dot(byU, unit)
  return { u: unit, score: value!, gradient: byU.map((v, i) => v - radial * unit[i]!) }
}

const latentOf = (u: Float64Array): Float32Array => Float32Array.from(u, (v) => v * Math.sqrt(u.length))
const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0)
const length = (a: Float64Array): number => Math.sqrt(dot(a, a))
