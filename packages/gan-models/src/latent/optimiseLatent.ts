// Latent class optimisation (P5): the generator stays as it is, and z climbs a classifier's score of one class inside the generator's
// prior (`LatentSpace`). Steps go along the gradient as far as the space lets it:
//
//   sphere   u = z/√d,  g = ∂s/∂u − (∂s/∂u · u) u,  t = g/‖g‖,  u(α) = cos α · u + sin α · t,  ds/dα = g(u(α)) · (−sin α · u + cos α · t)
//   uniform  z(α) = clip(z + α √d t, −1, 1), t the gradient without what points out of the cube
//
// The step is that at which the slope, linear between both ends of the step before, would be 0, so no learning rate is needed.
// For a linear generator G and a logistic classifier w the optimum is z* = √d · Gᵀw / ‖Gᵀw‖ or sign(Gᵀw), reached in a few steps.
import * as tf from '@tensorflow/tfjs-core'
import { GanModelsError } from '../GanModelsError.ts'
import type { ClassScore, FrozenGenerator } from './FrozenGenerator.ts'
import { latentSpaces } from './LatentSpace.ts'
import { whileFrozen } from './whileFrozen.ts'

export interface LatentOptions {
  /** films the classifier may judge, each with its gradient @default 100 */
  readonly calls?: number
  /**
   * the longest step: root mean square of what a number of z changes by, on the sphere radians; a shorter one keeps nearer to the
   * start's own hill @default 0.3
   */
  readonly longestStep?: number
  /** a step shorter than this ends the climb @default 1e-6 */
  readonly shortestStep?: number
}

export interface LatentPoint {
  /** [d], of the generator's prior */
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
  /** there was no way up, or a step would have been shorter than `shortestStep`; else calls ran out */
  readonly converged: boolean
}

/**
 * @param problem.start any z [d]; it is brought to the nearest latent of the prior, for which the sphere's needs a direction
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
    const space = latentSpaces[generator.prior ?? 'sphere']
    const scores: number[] = []
    const at = async (z: Float64Array): Promise<Point> => {
      const point = await evaluate(generator, score, z)
      scores.push(point.score)
      return point
    }
    const kept = ({ z, score: reached }: Point): LatentPoint => ({
      z: Float32Array.from(z),
      score: reached,
      call: scores.length,
    })

    let here = await at(space.nearest(start))
    const path = [kept(here)]
    const root = Math.sqrt(start.length)
    let ahead = space.ahead(here.z, here.gradient)
    let size = length(ahead)
    let step = longestStep / 4 // nothing is known of the curvature yet
    let converged = size === 0
    while (!converged && scores.length < most) {
      const direction = ahead.map((v) => v / size)
      const { z, from, to } = space.move(here.z, direction, step)
      const there = await at(z)
      const [slope, slopeThere] = [root * dot(here.gradient, from), root * dot(there.gradient, to)]
      // where the slope would be 0, in steps like this one; where it grew, that is not in sight
      const reach = slope > slopeThere ? slope / (slope - slopeThere) : 2
      if (there.score >= here.score - ROUNDING * Math.max(1, Math.abs(here.score))) {
        here = there
        path.push(kept(here))
        ahead = space.ahead(here.z, here.gradient)
        size = length(ahead)
        // as far as this reach for each unit of slope; of a way that ended at faces nothing is known
        step = size === 0 ? 0 : slope > 0 ? Math.min(longestStep, (step * reach * root * size) / slope) : longestStep
      } else step = Math.min(step / 2, step * reach)
      converged = !(step >= shortestStep)
    }
    return { path, scores, calls: scores.length, converged }
  })
}

/** Scores are float32; close to the top they differ by less than that, and the slope alone knows the way. */
const ROUNDING = 2 ** -22

interface Point {
  /** [d] */
  readonly z: Float64Array
  readonly score: number
  /** ∂s/∂z */
  readonly gradient: Float64Array
}

const evaluate = async (generator: FrozenGenerator, score: ClassScore, z: Float64Array): Promise<Point> => {
  const tensors = tf.tidy(() => {
    const one = (x: tf.Tensor): tf.Scalar => {
      const found = score(generator.generate(x as tf.Tensor2D))
      if (found.size !== 1)
        throw new GanModelsError('score', `gives ${found.size} numbers for one film: give one a film`)
      return found.reshape([])
    }
    return tf.valueAndGrad(one)(tf.tensor2d(Float32Array.from(z), [1, z.length]))
  })
  const [[value], byZ] = await Promise.all([tensors.value.data(), tensors.grad.data()])
  tf.dispose([tensors.value, tensors.grad])
  const gradient = Float64Array.from(byZ)
  if (!(Number.isFinite(value) && gradient.every((v) => Number.isFinite(v))))
    throw new GanModelsError('score', `is ${value}, or its gradient is not finite: score logits, not probabilities`)
  return { z, score: value!, gradient }
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, i) => sum + v * b[i]!, 0)
const length = (a: Float64Array): number => Math.sqrt(dot(a, a))
