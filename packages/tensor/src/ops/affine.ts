// Scale and offset of each channel with the ReLU behind them in one pass over memory: what a frozen batch norm is. Composed of
// TensorFlow's ops it is three passes forward and five back.
import { add, mul, relu, reshape, step, sum, type Tensor } from '@tensorflow/tfjs-core'
import { executeKernel, executeKernel1 } from '../compile/executeKernel.ts'
import { nodeBackend, type NodeBackend } from '../compile/nodeBinding.ts'
import { isTaped } from './isTaped.ts'
import { leakyRelu } from './leakyRelu.ts'
import { type NativeOp, runNativeOp } from './nativeOp.ts'
import { fusedBackend } from './portable.ts'

export type AffineOptions = {
  /** Slope below 0 of the activation that follows: 1 is none, 0 is ReLU. @default 1 */
  readonly slope?: number
}

type Complete = Required<AffineOptions>

const on = (): NodeBackend => nodeBackend() as NodeBackend

/** For other backends, and what the kernels are tested against. */
export const affinePortable = (x: Tensor, scale: Tensor, offset: Tensor, { slope }: Complete): Tensor => {
  const z = add(mul(x, scale), offset)
  if (slope === 1) return z
  return slope === 0 ? relu(z) : leakyRelu(z, slope)
}

/** The gradients by x, scale and offset in differentiable ops. */
const composedGradient = (x: Tensor, scale: Tensor, offset: Tensor, dy: Tensor, slope: number): Array<Tensor> => {
  const channels = x.shape.at(-1) as number
  const dz = slope === 1 ? dy : mul(dy, add(mul(step(add(mul(x, scale), offset)), 1 - slope), slope))
  const perChannel = (t: Tensor): Tensor => sum(reshape(t, [-1, channels]), 0)
  return [mul(dz, scale), perChannel(mul(dz, x)), perChannel(dz)]
}

const op: NativeOp<'x' | 'scale' | 'offset', Complete> = {
  name: 'RadiograftAffine',
  run: ({ x, scale, offset }, { slope }) => [
    executeKernel1(on(), 'RadiograftAffine', { slope: { float: slope } }, [x, scale, offset]),
  ],
  saves: ['x', 'scale', 'offset'],
  outputs: 1,
  gradient: ([dy], { x, scale, offset }, _, { slope }) => {
    // Not inside the functions: tfjs runs each in a scope of its own, which would dispose of the others' results.
    const all = isTaped()
      ? composedGradient(x, scale, offset, dy as Tensor, slope)
      : executeKernel(
          on(),
          'RadiograftAffineGradient',
          { slope: { float: slope } },
          [x, scale, offset, dy as Tensor],
          3,
        )
    const at = (i: number) => () => all[i] as Tensor
    return { x: at(0), scale: at(1), offset: at(2) }
  },
}

/**
 * act(x · scale + offset), differentiable to any order.
 * @param x [B, …, C]
 * @param scale both [C]
 */
export const affine = (x: Tensor, scale: Tensor, offset: Tensor, options: AffineOptions = {}): Tensor => {
  const { slope = 1 } = options
  const channels = x.shape.at(-1)
  if (scale.size !== channels || offset.size !== channels) {
    throw new RangeError(
      `x [B, …, C], scale and offset [C] are needed, got [${x.shape.join(', ')}], [${scale.shape.join(', ')}] and [${offset.shape.join(', ')}]`,
    )
  }
  if (fusedBackend()) return runNativeOp(op, { x, scale, offset }, { slope })[0] as Tensor
  return affinePortable(x, scale, offset, { slope })
}
