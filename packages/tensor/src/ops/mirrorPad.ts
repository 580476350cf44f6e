// Padding by reflection, with its gradient. tfjs's own `mirrorPad` has a wrong one: it forgets what the mirrored pixels
// pass back. Used by the generators.
import { concat, customGrad, reverse, slice, tensor2d, type Tensor } from '@tensorflow/tfjs-core'
import { executeKernel1 } from '../compile/executeKernel.ts'
import type { NodeBackend } from '../compile/nodeBinding.ts'
import { nodeBackend } from '../compile/nodeBinding.ts'
import { fusedBackend } from './portable.ts'

/** `reflect` leaves the edge out of the mirror image (PyTorch's ReflectionPad), `symmetric` repeats it. */
export type MirrorMode = 'reflect' | 'symmetric'

/** Elements before and after, for each axis. */
export type Paddings = ReadonlyArray<readonly [before: number, after: number]>

const sum = (pair: readonly [number, number] = [0, 0]): number => pair[0] + pair[1]

const kernel = (
  on: NodeBackend,
  name: 'MirrorPad' | 'MirrorPadGrad',
  x: Tensor,
  paddings: Paddings,
  mode: MirrorMode,
): Tensor => {
  const [films, rows, columns, channels] = paddings
  const own = x.rank === 4 && mode === 'reflect' && x.dtype === 'float32' ? fusedBackend('moves') : undefined
  if (own && rows && columns && sum(films) + sum(channels) === 0) {
    const sides = { top: rows[0], bottom: rows[1], left: columns[0], right: columns[1] }
    return executeKernel1(own, name === 'MirrorPad' ? 'RadiograftMirrorPad' : 'RadiograftMirrorPadGradient', sides, [x])
  }
  const pads = tensor2d(
    paddings.map((pair) => [...pair]),
    [paddings.length, 2],
    'int32',
  )
  const out = executeKernel1(on, name, { mode: mode.toUpperCase() }, [x, pads])
  pads.dispose()
  return out
}

/** The adjoint of padding: folds the borders back. Its own gradient is padding. */
const fold = (on: NodeBackend, dy: Tensor, paddings: Paddings, mode: MirrorMode): Tensor =>
  customGrad((y) => ({
    value: kernel(on, 'MirrorPadGrad', y as Tensor, paddings, mode),
    gradFunc: (ddx) => mirrorPad(ddx, paddings, mode),
  }))(dy)

/** The same from slices: for other backends, and what the kernel is tested against. */
export const mirrorPadPortable = (x: Tensor, paddings: Paddings, mode: MirrorMode): Tensor => {
  const skip = mode === 'reflect' ? 1 : 0
  return paddings.reduce((padded, [before, after], axis) => {
    const size = x.shape[axis] as number
    const part = (from: number, length: number) => {
      const begin = padded.shape.map((_, i) => (i === axis ? from : 0))
      const sizes = padded.shape.map((full, i) => (i === axis ? length : full))
      return reverse(slice(padded, begin, sizes), axis)
    }
    const parts = [
      ...(before > 0 ? [part(skip, before)] : []),
      padded,
      ...(after > 0 ? [part(size - skip - after, after)] : []),
    ]
    return parts.length === 1 ? padded : concat(parts, axis)
  }, x)
}

/**
 * Pads by mirror images; differentiable to any order.
 * @param x of any rank
 * @param paddings one pair for each axis; at most the size less one (`reflect`) or the size (`symmetric`)
 */
export const mirrorPad = (x: Tensor, paddings: Paddings, mode: MirrorMode): Tensor => {
  const on = nodeBackend()
  if (!on) return mirrorPadPortable(x, paddings, mode)
  return customGrad((input) => ({
    value: kernel(on, 'MirrorPad', input as Tensor, paddings, mode),
    gradFunc: (dy) => fold(on, dy, paddings, mode),
  }))(x)
}
