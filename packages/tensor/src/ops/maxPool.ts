// The largest of each window with torch's meaning of padding, differentiable to any order: kernels of our own, or TensorFlow's
// op. Used by the pools of `nn`.
import { maxPool as poolOfCore, pad, zerosLike, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core'
import { executeKernel, executeKernel1 } from '../compile/executeKernel.ts'
import { nodeBackend, type NodeBackend } from '../compile/nodeBinding.ts'
import { type NativeOp, runNativeOp } from './nativeOp.ts'
import { fusedBackend } from './portable.ts'

export type MaxPoolOptions = {
  /** Pixels on a side of a window. */
  readonly kernel: number
  /** @default kernel */
  readonly stride?: number
  /** On each side; at most half of the kernel, and never the largest. @default 0 */
  readonly padding?: number
}

type Pooling = Required<MaxPoolOptions>
type Sized = Pooling & { readonly height: number; readonly width: number }

const on = (): NodeBackend => nodeBackend() as NodeBackend

/** The largest, and which tap of its window it is, as a number. */
const pool: NativeOp<'x', Sized> = {
  name: 'RadiograftMaxPool',
  run: ({ x }, { kernel, stride, padding }) =>
    executeKernel(on(), 'RadiograftMaxPool', { kernel, stride, padding }, [x], 2),
  saves: [],
  outputs: 2,
  gradient: ([dy], _, [place], sized) => ({ x: () => backTo(place as Tensor, dy as Tensor, sized) }),
}

/** dy at those taps, summed. */
const toTaps: NativeOp<'place' | 'dy', Sized> = {
  name: 'RadiograftMaxPoolGradient',
  run: ({ place, dy }, sized) => [executeKernel1(on(), 'RadiograftMaxPoolGradient', sized, [place, dy])],
  saves: ['place'],
  outputs: 1,
  // places do not move
  gradient: ([ddx], { place }, _, sized) => ({
    place: () => zerosLike(place),
    dy: () => runNativeOp(atTaps, { place, of: ddx as Tensor }, sized)[0] as Tensor,
  }),
}

/** The adjoint: what stands in other films at those taps. */
const atTaps: NativeOp<'place' | 'of', Sized> = {
  name: 'RadiograftMaxPoolAt',
  run: ({ place, of }, { kernel, stride, padding }) => [
    executeKernel1(on(), 'RadiograftMaxPoolAt', { kernel, stride, padding }, [place, of]),
  ],
  saves: ['place'],
  outputs: 1,
  gradient: ([dy], { place }, _, sized) => ({
    place: () => zerosLike(place),
    of: () => backTo(place, dy as Tensor, sized),
  }),
}

const backTo = (place: Tensor, dy: Tensor, sized: Sized): Tensor =>
  runNativeOp(toTaps, { place, dy }, sized)[0] as Tensor

// Below every float32 that a network computes; -Infinity would give NaN where it meets a zero weight.
const LOWEST = -3.4028234663852886e38

/** For other backends, and what the kernels are tested against. Has no second gradient in tfjs. */
export const maxPoolPortable = (x: Tensor, { kernel, stride, padding }: Pooling): Tensor => {
  const sides: [number, number] = [padding, padding]
  const films = padding === 0 ? (x as Tensor4D) : pad(x as Tensor4D, [[0, 0], sides, sides, [0, 0]], LOWEST)
  return poolOfCore(films, kernel, stride, 'valid')
}

/**
 * The first of equals takes the gradient.
 * @param x [B, H, W, C]
 * @returns [B, (H + 2 padding − kernel) / stride + 1, …, C], rounded down
 */
export const maxPool = (x: Tensor, { kernel, stride = kernel, padding = 0 }: MaxPoolOptions): Tensor => {
  const pooling = { kernel, stride, padding }
  const least = kernel - 2 * padding
  if (x.rank !== 4 || least < 0 || Math.min(x.shape[1]!, x.shape[2]!) < least) {
    throw new RangeError(
      `films [B, H, W, C] no smaller than a window and padding of at most half of it are needed, got [${x.shape.join(', ')}], ${kernel} and ${padding}`,
    )
  }
  if (!fusedBackend()) return maxPoolPortable(x, pooling)
  const [, height, width] = x.shape as [number, number, number, number]
  return runNativeOp(pool, { x }, { ...pooling, height, width })[0] as Tensor
}
