// Bilinear reading of films at a grid: the second half of a spatial transformer. Used by `align`.
import {
  add,
  cast,
  clipByValue,
  concat,
  customGrad,
  floor,
  gather,
  greater,
  greaterEqual,
  less,
  lessEqual,
  logicalAnd,
  mul,
  reshape,
  scalar,
  slice,
  stack,
  sub,
  sum,
  tensor2d,
  tidy,
  unsortedSegmentSum,
  type Tensor,
} from '@tensorflow/tfjs-core'
import { executeKernel1 } from '../compile/executeKernel.ts'
import { nodeBackend } from '../compile/nodeBinding.ts'

export type GridSampleOptions = {
  /** What lies outside: 0, or the nearest pixel of the border. @default 'zeros' */
  readonly padding?: 'zeros' | 'border'
  /** As in `affineGrid`. @default false */
  readonly alignCorners?: boolean
}

/** Rows of [N, C]. tfjs-node's own gather copies the indices to JavaScript to check them; the kernel does without. */
const gatherRows = (x: Tensor, indices: Tensor): Tensor => {
  const on = nodeBackend()
  return on
    ? executeKernel1(on, 'GatherV2', { batch_dims: 0 }, [x, indices, scalar(0, 'int32')])
    : gather(x, indices as never)
}

const both = (a: Tensor, b: Tensor): Tensor => cast(logicalAnd(a, b), 'float32')

const inside = (i: Tensor, size: number): Tensor => both(greaterEqual(i, 0), lessEqual(i, size - 1))

/** One axis of the grid in pixels [B, P]: where the cell begins, how far into it the point lies, d(pixel)/d(grid). */
const along = (grid: Tensor, axis: 0 | 1, size: number, { padding, alignCorners }: GridSampleOptions) => {
  const [batch, h, w] = grid.shape as [number, number, number]
  const g = reshape(slice(grid, [0, 0, 0, axis], [batch, h, w, 1]), [batch, h * w])
  const scale = alignCorners ? (size - 1) / 2 : size / 2
  const free = alignCorners ? mul(add(g, 1), scale) : sub(mul(add(g, 1), scale), 0.5)
  const border = padding === 'border'
  const at = border ? clipByValue(free, 0, size - 1) : free
  // PyTorch's rule: no gradient at the limits and beyond.
  const slope = border ? mul(both(greater(free, 0), less(free, size - 1)), scale) : scalar(scale)
  const first = floor(at)
  return { first, into: sub(at, first), slope }
}

/** The four corners of each point's cell. Values are [B, P, C] and 0 outside the film; weights are [B, P, 1]. */
const cells = (x: Tensor, grid: Tensor, options: GridSampleOptions) => {
  const [batch, height, width, channels] = x.shape as [number, number, number, number]
  const horizontal = along(grid, 0, width, options)
  const vertical = along(grid, 1, height, options)
  const points = horizontal.first.shape[1] as number
  const rows = reshape(x, [batch * height * width, channels])
  const firstRow = tensor2d(
    Int32Array.from({ length: batch }, (_, b) => b * height * width),
    [batch, 1],
    'int32',
  )
  const corner = (right: 0 | 1, lower: 0 | 1) => {
    const cx = add(horizontal.first, right)
    const cy = add(vertical.first, lower)
    const column = cast(clipByValue(cx, 0, width - 1), 'int32')
    const line = cast(clipByValue(cy, 0, height - 1), 'int32')
    const index = reshape(add(add(mul(line, scalar(width, 'int32')), column), firstRow), [batch * points])
    const valid = reshape(mul(inside(cx, width), inside(cy, height)), [batch, points, 1])
    return { index, valid, value: mul(reshape(gatherRows(rows, index), [batch, points, channels]), valid) }
  }
  const rightWeight = reshape(horizontal.into, [batch, points, 1])
  const lowerWeight = reshape(vertical.into, [batch, points, 1])
  return {
    corners: [corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)] as const,
    rightWeight,
    lowerWeight,
    leftWeight: sub(1, rightWeight),
    upperWeight: sub(1, lowerWeight),
    slopes: [horizontal.slope, vertical.slope] as const,
  }
}

const sample = (x: Tensor, grid: Tensor, options: GridSampleOptions): Tensor => {
  const { corners, leftWeight, rightWeight, upperWeight, lowerWeight } = cells(x, grid, options)
  const [a, b, c, d] = corners.map(({ value }) => value) as [Tensor, Tensor, Tensor, Tensor]
  const upper = add(mul(a, leftWeight), mul(b, rightWeight))
  const lower = add(mul(c, leftWeight), mul(d, rightWeight))
  const [batch, h, w] = grid.shape as [number, number, number]
  return reshape(add(mul(upper, upperWeight), mul(lower, lowerWeight)), [batch, h, w, x.shape[3] as number])
}

/** Gradients to the film (each pixel gets what its readers pass back) and to the grid (the slope of the cell). */
const backward = (dy: Tensor, x: Tensor, grid: Tensor, options: GridSampleOptions): [Tensor, Tensor] => {
  const [batch, height, width, channels] = x.shape as [number, number, number, number]
  const { corners, leftWeight, rightWeight, upperWeight, lowerWeight, slopes } = cells(x, grid, options)
  const [a, b, c, d] = corners.map(({ value }) => value) as [Tensor, Tensor, Tensor, Tensor]
  const points = a.shape[1] as number
  const g = reshape(dy, [batch, points, channels])
  const weights = [
    mul(leftWeight, upperWeight),
    mul(rightWeight, upperWeight),
    mul(leftWeight, lowerWeight),
    mul(rightWeight, lowerWeight),
  ]
  const parts = corners.map(({ valid }, i) =>
    reshape(mul(g, mul(weights[i] as Tensor, valid)), [batch * points, channels]),
  )
  const rows = concat(parts, 0)
  const index = concat(
    corners.map((corner) => corner.index),
    0,
  )
  const film = unsortedSegmentSum(rows, index as never, batch * height * width)
  const alongX = add(mul(sub(b, a), upperWeight), mul(sub(d, c), lowerWeight))
  const alongY = add(mul(sub(c, a), leftWeight), mul(sub(d, b), rightWeight))
  const slope = [alongX, alongY].map((direction, i) => mul(sum(mul(g, direction), 2), slopes[i] as Tensor))
  return [reshape(film, x.shape), reshape(stack(slope, 2), grid.shape)]
}

/**
 * PyTorch's bilinear `grid_sample` for films with channels last. Gradients reach both `x` and `grid` (first order).
 * @param x [B, H, W, C]
 * @param grid [B, h, w, 2]: x before y, −1 and 1 at the film's edges
 * @returns [B, h, w, C]
 */
export const gridSample = (x: Tensor, grid: Tensor, options: GridSampleOptions = {}): Tensor =>
  customGrad((film, where, save) => {
    ;(save as (tensors: Array<Tensor>) => void)([film as Tensor, where as Tensor])
    return {
      value: tidy(() => sample(film as Tensor, where as Tensor, options)),
      gradFunc: (dy, [savedFilm, savedGrid]) => backward(dy, savedFilm as Tensor, savedGrid as Tensor, options),
    }
  })(x, grid)
