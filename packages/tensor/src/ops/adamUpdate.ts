// One step of Adam for one parameter in one pass over memory, or composed. Used by the optimiser of `nn`.
import { add, div, mul, scalar, sqrt, square, sub, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { executeKernel } from '../compile/executeKernel.ts'
import { fusedBackend } from './portable.ts'

export type AdamUpdate = { readonly p: Tensor; readonly m: Tensor; readonly v: Tensor }

export type AdamUpdateOptions = {
  /** lr / (1 − β₁ᵗ) */
  readonly stepSize: number | Tensor
  /** 1 / sqrt(1 − β₂ᵗ) */
  readonly rootCorrection: number | Tensor
  readonly beta1: number
  readonly beta2: number
  /** Added to the corrected root. */
  readonly eps: number
  /** L2: this times p is added to the gradient. @default 0 */
  readonly weightDecay?: number
  /** The gradient is taken times this: a clipping factor. @default 1 */
  readonly factor?: number | Tensor
}

const asScalar = (value: number | Tensor): Tensor => (typeof value === 'number' ? scalar(value, 'float32') : value)

/** For other backends, and what the kernel is tested against. */
const adamUpdatePortable = (
  { p, m, v }: AdamUpdate,
  gradient: Tensor,
  { stepSize, rootCorrection, beta1, beta2, eps, weightDecay = 0, factor = 1 }: AdamUpdateOptions,
): AdamUpdate => {
  const scaled = factor === 1 ? gradient : mul(gradient, factor as Scalar)
  const g = weightDecay === 0 ? scaled : add(scaled, mul(p, weightDecay))
  const m1 = add(mul(m, beta1), mul(g, 1 - beta1))
  const v1 = add(mul(v, beta2), mul(square(g), 1 - beta2))
  const root = add(mul(sqrt(v1), rootCorrection as Scalar), eps)
  return { p: sub(p, mul(div(m1, root), stepSize as Scalar)), m: m1, v: v1 }
}

/** m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², p ← p − stepSize · m / (sqrt(v) · rootCorrection + eps). Has no gradient. */
export const adamUpdate = (state: AdamUpdate, gradient: Tensor, options: AdamUpdateOptions): AdamUpdate => {
  const on = fusedBackend()
  if (!on) return adamUpdatePortable(state, gradient, options)
  const { stepSize, rootCorrection, beta1, beta2, eps, weightDecay = 0, factor = 1 } = options
  // In float64 on the host, as the composition's factors.
  const floats = { beta1, beta2, rest1: 1 - beta1, rest2: 1 - beta2, eps, decay: weightDecay }
  const attributes = Object.fromEntries(Object.entries(floats).map(([name, float]) => [name, { float }]))
  const scalars = [factor, stepSize, rootCorrection].map(asScalar)
  const [p, m, v] = executeKernel(
    on,
    'RadiograftAdam',
    attributes,
    [state.p, state.m, state.v, gradient, ...scalars],
    3,
  )
  return { p: p as Tensor, m: m as Tensor, v: v as Tensor }
}
