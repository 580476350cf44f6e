// Adam (Kingma and Ba 2015) with torch's placement of the bias corrections and of epsilon, as a pure function. The
// corrections depend on the step and come from the host in float64, as knobs of the compiled step.
import { adamUpdate, withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Params } from '../Network.ts'
import { NetworkError } from '../NetworkError.ts'
import { trainable } from '../params/trainable.ts'

/** First and second moments as one flat record: `m.<name>` and `v.<name>`. */
export type AdamState = Params

/** What changes from step to step; numbers on the host, scalars inside a compiled step. */
export type AdamKnobs<T = number> = {
  /** lr / (1 - β1^t) */
  readonly adamStepSize: T
  /** 1 / sqrt(1 - β2^t) */
  readonly adamRootCorrection: T
}

export type AdamOptions = AdamKnobs<number | Tensor> & {
  /** @default .9 (GANs: .5) */
  readonly beta1?: number
  /** @default .999 */
  readonly beta2?: number
  /** Added to sqrt(v / (1 - β2^t)), as torch. @default 1e-8 */
  readonly eps?: number
  /** L2, added to the gradient as torch's Adam does (not AdamW). @default 0 */
  readonly weightDecay?: number
  /** The gradients are taken times this: `clipFactor`, which saves a pass over them. @default 1 */
  readonly factor?: number | Tensor
}

/** Zeros for every trainable parameter. */
export const adamInit = (params: Params, frozen: readonly string[] = []): AdamState =>
  Object.fromEntries(
    Object.entries(trainable(params, frozen)).flatMap(([name, value]) => [
      [`m.${name}`, tf.zerosLike(value)],
      [`v.${name}`, tf.zerosLike(value)],
    ]),
  )

/** @param step counted from 1 */
export const adamKnobs = (step: number, lr: number, beta1 = 0.9, beta2 = 0.999): AdamKnobs => ({
  adamStepSize: lr / (1 - beta1 ** step),
  adamRootCorrection: 1 / Math.sqrt(1 - beta2 ** step),
})

/**
 * One step for every parameter that has a gradient; the others pass through as the same tensors.
 * m ← β1 m + (1 - β1) g, v ← β2 v + (1 - β2) g², p ← p - stepSize · m / (sqrt(v) · rootCorrection + eps).
 */
export const adamStep = (
  params: Params,
  gradients: Params,
  state: AdamState,
  {
    adamStepSize,
    adamRootCorrection,
    beta1 = 0.9,
    beta2 = 0.999,
    eps = 1e-8,
    weightDecay = 0,
    factor = 1,
  }: AdamOptions,
): { params: Params; state: AdamState } => {
  const nextParams: Record<string, Tensor> = { ...params }
  const nextState: Record<string, Tensor> = { ...state }
  for (const [name, gradient] of Object.entries(gradients)) {
    const [p, m0, v0] = [params[name], state[`m.${name}`], state[`v.${name}`]]
    if (p === undefined || m0 === undefined || v0 === undefined) {
      throw new NetworkError(name, 'has a gradient but no parameter or no Adam moments; make the state with adamInit')
    }
    const options = {
      stepSize: adamStepSize,
      rootCorrection: adamRootCorrection,
      beta1,
      beta2,
      eps,
      weightDecay,
      factor,
    }
    const next = withOpScope(`adam/${name}`, () => adamUpdate({ p, m: m0, v: v0 }, gradient, options))
    nextParams[name] = next.p
    nextState[`m.${name}`] = next.m
    nextState[`v.${name}`] = next.v
  }
  return { params: nextParams, state: nextState }
}
