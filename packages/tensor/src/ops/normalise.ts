// Instance, group and batch normalisation with scale, offset and the ReLU after it: one kernel of our own that reads x twice
// and one for the gradient, or the composition. Factors measured against the composition stand in the package's README.
import {
  add,
  customGrad,
  mean as meanOver,
  mul,
  reshape,
  rsqrt,
  square,
  stack,
  sub,
  tile,
  unstack,
  zeros,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { executeKernel } from '../compile/executeKernel.ts'
import { nodeBackend, type NodeBackend } from '../compile/nodeBinding.ts'
import { activated, beforeActivation, sumPerChannel } from './activation.ts'
import { isTaped } from './isTaped.ts'
import { type NativeOp, runNativeOp } from './nativeOp.ts'
import { fusedBackend } from './portable.ts'

export type NormaliseOptions = {
  /** Statistics of each film (instance and group norm) or of all films together (batch norm). @default true */
  readonly perFilm?: boolean
  /** Groups of neighbouring channels that share their statistics; divides C. @default C */
  readonly groups?: number
  /** Slope below 0 of the activation that follows: 1 is none, 0 is ReLU. @default 1 */
  readonly slope?: number
  /** Added to the variance. @default 1e-5 */
  readonly eps?: number
}

export type Normalised = {
  readonly y: Tensor
  /** Mean and biased variance of each film (or of all: 1) and channel [films, C]; their gradients are zeros. */
  readonly mean: Tensor
  readonly variance: Tensor
}

type Complete = Required<NormaliseOptions>
type Inputs = 'x' | 'scale' | 'offset'

const attributes = ({ perFilm, groups, slope, eps }: Complete) => ({
  per_film: perFilm ? 1 : 0,
  groups,
  slope: { float: slope },
  eps: { float: eps },
})

const on = (): NodeBackend => nodeBackend() as NodeBackend

/** Statistics by TensorFlow's own ops. @returns centred x and variance as [films, pixels, groups, C / groups] and [films, 1, groups, 1] */
const statistics = (x: Tensor, { perFilm, groups }: Complete) => {
  const channels = x.shape.at(-1) as number
  const films = perFilm ? x.shape[0] : 1
  const grouped = reshape(x, [films, x.size / films / channels, groups, channels / groups])
  const mean = meanOver(grouped, [1, 3], true)
  const centred = sub(grouped, mean)
  return { mean, centred, variance: meanOver(square(centred), [1, 3], true) }
}

/**
 * The gradients by x, scale and offset from x again, in differentiable ops. With x̂ = centred · rstd and dz = dy act'(z):
 * dx = rstd · (scale dz − mean(scale dz) − x̂ mean(scale dz x̂)).
 */
const composedGradient = (x: Tensor, scale: Tensor, offset: Tensor, dy: Tensor, options: Complete): Array<Tensor> => {
  const { slope, eps } = options
  const { centred, variance } = statistics(x, options)
  const rstd = rsqrt(add(variance, eps))
  const normal = mul(centred, rstd)
  const flat = reshape(normal, x.shape)
  const dz = beforeActivation(dy, () => add(mul(flat, scale), offset), slope)
  const scaled = reshape(mul(dz, scale), normal.shape)
  const inner = sub(
    sub(scaled, meanOver(scaled, [1, 3], true)),
    mul(normal, meanOver(mul(scaled, normal), [1, 3], true)),
  )
  return [reshape(mul(inner, rstd), x.shape), sumPerChannel(mul(dz, flat)), sumPerChannel(dz)]
}

/** For other backends, and what the kernels are tested against. */
export const normalisePortable = (x: Tensor, scale: Tensor, offset: Tensor, options: Complete): Tensor =>
  customGrad((...inputs) => {
    const [films, weight, bias, save] = inputs as unknown as [Tensor, Tensor, Tensor, (tensors: Array<Tensor>) => void]
    save([films, weight, bias])
    const { slope, eps } = options
    const { centred, variance } = statistics(films, options)
    const normal = reshape(mul(centred, rsqrt(add(variance, eps))), x.shape)
    return {
      value: activated(add(mul(normal, weight), bias), slope),
      gradFunc: (dy: Tensor, [a, b, c]: Array<Tensor>) =>
        composedGradient(a as Tensor, b as Tensor, c as Tensor, dy, options),
    }
  })(x, scale, offset)

const norm: NativeOp<Inputs, Complete> = {
  name: 'RadiograftNorm',
  run: ({ x, scale, offset }, options) =>
    executeKernel(on(), 'RadiograftNorm', attributes(options), [x, scale, offset], 4),
  saves: ['x', 'scale', 'offset'],
  outputs: 4,
  gradient: ([dy], { x, scale, offset }, [mean, variance, rest], options) => {
    // Not inside the functions: tfjs runs each in a scope of its own, which would dispose of the others' results.
    const all = isTaped()
      ? composedGradient(x, scale, offset, dy as Tensor, options)
      : executeKernel(
          on(),
          'RadiograftNormGradient',
          attributes(options),
          [x, scale, offset, mean as Tensor, variance as Tensor, rest as Tensor, dy as Tensor],
          3,
        )
    const at = (i: number) => () => all[i] as Tensor
    return { x: at(0), scale: at(1), offset: at(2) }
  },
}

/**
 * act((x − mean) / sqrt(variance + eps) · scale + offset), differentiable to any order.
 * @param x [B, …, C]
 * @param scale both [C]
 */
export const normalise = (x: Tensor, scale: Tensor, offset: Tensor, options: NormaliseOptions = {}): Normalised => {
  const channels = x.shape.at(-1) as number
  const { perFilm = true, groups = channels, slope = 1, eps = 1e-5 } = options
  const complete = { perFilm, groups, slope, eps }
  if (x.rank < 2 || channels % groups !== 0 || scale.size !== channels || offset.size !== channels) {
    throw new RangeError(
      `films [B, …, C], scale and offset [C] and groups that divide C are needed, got [${x.shape.join(', ')}], [${scale.shape.join(', ')}], [${offset.shape.join(', ')}] and ${groups}`,
    )
  }
  if (fusedBackend()) {
    const [y, mean, variance] = runNativeOp(norm, { x, scale, offset }, complete) as [Tensor, Tensor, Tensor]
    return { y, mean, variance }
  }
  // one value a channel, as the kernel gives them
  const perChannel = (t: Tensor): Tensor => reshape(tile(t, [1, 1, 1, channels / groups]), [t.shape[0], channels])
  const both = customGrad((films) => {
    const { mean, variance } = statistics(films as Tensor, complete)
    return { value: stack([perChannel(mean), perChannel(variance)]), gradFunc: () => zeros(x.shape) }
  })(x)
  const [mean, variance] = unstack(both) as [Tensor, Tensor]
  return { y: normalisePortable(x, scale, offset, complete), mean, variance }
}
