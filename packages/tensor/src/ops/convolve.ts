// Convolution by TensorFlow's own kernels with padding counted on each side, groups of channels, and gradients to any order.
// tfjs pads with an op of its own where both sides differ from 'same', and refuses groups. The filter's gradient is a kernel
// of ours where oneDNN's is slow (factors: tools/bench/ops.ts). Used by the layers of `nn`.
import {
  concat,
  conv2d,
  conv2dTranspose,
  pad,
  slice,
  split,
  tensor1d,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core'
import { executeKernel1 } from '../compile/executeKernel.ts'
import { nodeBackend, type NodeBackend } from '../compile/nodeBinding.ts'
import { type NativeOp, runNativeOp } from './nativeOp.ts'
import { fusedBackend, narrowFlag } from './portable.ts'
import { winogradForward, winogradToFilms, winogradToFilter } from './winograd.ts'

/** Zeros added on each side of a film. */
export type Pads = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }

export type ConvolveOptions = {
  /** @default 1 */
  readonly stride?: number
  /** @default none */
  readonly pads?: Pads
  /** Channels in `groups` parts, each seen by its share of the filters. @default 1 */
  readonly groups?: number
}

export type Geometry = Required<ConvolveOptions>
type Shape4 = [number, number, number, number]

/** oneDNN's outputs come in blocks of 16. */
const FEW_OUTPUTS = 16

const NO_PADS: Pads = { top: 0, bottom: 0, left: 0, right: 0 }

const on = (): NodeBackend => nodeBackend() as NodeBackend

const attributes = (stride: number, padding: 'SAME' | 'VALID') => ({
  strides: [1, stride, stride, 1],
  padding,
  use_cudnn_on_gpu: true,
  data_format: 'NHWC',
  dilations: [1, 1, 1, 1],
})

const isNone = ({ top, bottom, left, right }: Pads): boolean => top + bottom + left + right === 0

/**
 * Whether TensorFlow's free padding 'SAME' is this one. Its 'EXPLICIT' would do for all, but oneDNN has no eager kernel
 * for it, so that eager calls were slow and differed in the last bits from the graph.
 */
const isSame = (x: ReadonlyArray<number>, filter: ReadonlyArray<number>, { stride, pads }: Geometry): boolean => {
  const along = (axis: 1 | 2, before: number, after: number): boolean => {
    const [size, kernel] = [x[axis] as number, filter[axis - 1] as number]
    const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return before === Math.floor(total / 2) && after === total - before
  }
  return along(1, pads.top, pads.bottom) && along(2, pads.left, pads.right)
}

const padded = (x: Tensor, { top, bottom, left, right }: Pads): Tensor =>
  pad(x as Tensor4D, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ])

const withSizes = (shape: ReadonlyArray<number>, body: (sizes: Tensor) => Tensor): Tensor => {
  const sizes = tensor1d([...shape], 'int32')
  const value = body(sizes)
  sizes.dispose()
  return value
}

/** Where the convolution in bfloat16 is ours: not with few channels in what comes out, unless its pixels can be the lanes. */
const narrowFor = ({ groups }: Geometry, channels = 0, pixels = false): NodeBackend | undefined =>
  groups === 1 && (pixels || channels >= FEW_OUTPUTS) ? fusedBackend('narrowConvolve') : undefined

/** y of x and the filter. */
const forward: NativeOp<'x' | 'filter', Geometry> = {
  name: 'RadiograftConvolve',
  run: ({ x, filter }, geometry) => {
    const quick = winogradForward(x, filter, geometry)
    if (quick) return [quick]
    const { stride, pads } = geometry
    const ours = narrowFor(geometry, filter.shape[3], stride === 1)
    if (ours) return [executeKernel1(ours, 'RadiograftNarrowConvolve', { stride, ...pads }, [x, filter])]
    if (isNone(pads)) return [executeKernel1(on(), 'Conv2D', attributes(stride, 'VALID'), [x, filter])]
    if (isSame(x.shape, filter.shape, geometry))
      return [executeKernel1(on(), 'Conv2D', attributes(stride, 'SAME'), [x, filter])]
    return [executeKernel1(on(), 'Conv2D', attributes(stride, 'VALID'), [padded(x, pads), filter])]
  },
  saves: ['x', 'filter'],
  outputs: 1,
  gradient: ([dy], { x, filter }, _, geometry) => ({
    x: () => backToFilms(dy as Tensor, filter, geometry, x.shape),
    filter: () => backToFilter(x, dy as Tensor, geometry, filter.shape),
  }),
}

type ToFilms = Geometry & { readonly shape: ReadonlyArray<number> }

/** dx of dy and the filter: also the transposed convolution. */
const toFilms: NativeOp<'dy' | 'filter', ToFilms> = {
  name: 'RadiograftConvolveToFilms',
  run: ({ dy, filter }, { shape, ...geometry }) => {
    const quick = winogradToFilms(dy, filter, shape, geometry)
    if (quick) return [quick]
    const { stride, pads } = geometry
    const [batch, height, width, channels] = shape as Shape4
    const ours = narrowFor(geometry, channels)
    if (ours) {
      const own = { stride, top: pads.top, left: pads.left, height, width }
      return [executeKernel1(ours, 'RadiograftNarrowConvolveBack', own, [dy, filter])]
    }
    const backward = (padding: 'SAME' | 'VALID', full: Shape4): Tensor =>
      withSizes(full, (sizes) =>
        executeKernel1(on(), 'Conv2DBackpropInput', attributes(stride, padding), [sizes, filter, dy]),
      )
    if (isNone(pads)) return [backward('VALID', shape as Shape4)]
    if (isSame(shape, filter.shape, geometry)) return [backward('SAME', shape as Shape4)]
    const full: Shape4 = [batch, height + pads.top + pads.bottom, width + pads.left + pads.right, channels]
    return [slice(backward('VALID', full), [0, pads.top, pads.left, 0], shape as Shape4)]
  },
  saves: ['dy', 'filter'],
  outputs: 1,
  gradient: ([ddx], { dy, filter }, _, { shape: __, ...geometry }) => ({
    dy: () => runNativeOp(forward, { x: ddx as Tensor, filter }, geometry)[0] as Tensor,
    filter: () => backToFilter(ddx as Tensor, dy, geometry, filter.shape),
  }),
}

/** dfilter of x and dy. */
const toFilter: NativeOp<'x' | 'dy', ToFilms> = {
  name: 'RadiograftConvolveToFilter',
  run: ({ x, dy }, { shape, ...geometry }) => {
    const quick = winogradToFilter(x, dy, shape, geometry)
    if (quick) return [quick]
    const { stride, pads, groups } = geometry
    // with few outputs oneDNN multiplies zeros mostly: 7×7, 64 → 1 takes it five times as long, also where it is faster otherwise
    const few = (shape[3] as number) < FEW_OUTPUTS && stride === 1
    const ours = groups === 1 ? fusedBackend(few ? 'filterGradientOfFew' : 'filterGradient') : undefined
    if (ours) {
      const [height, width] = shape as Shape4
      const own = {
        kernel_height: height,
        kernel_width: width,
        stride,
        top: pads.top,
        left: pads.left,
        narrow: narrowFlag(),
      }
      return [executeKernel1(ours, 'RadiograftConvFilterGradient', own, [x, dy])]
    }
    const backward = (padding: 'SAME' | 'VALID', films: Tensor): Tensor =>
      withSizes(shape, (sizes) =>
        executeKernel1(on(), 'Conv2DBackpropFilter', attributes(stride, padding), [films, sizes, dy]),
      )
    if (isNone(pads)) return [backward('VALID', x)]
    if (isSame(x.shape, shape, geometry)) return [backward('SAME', x)]
    return [backward('VALID', padded(x, pads))]
  },
  saves: ['x', 'dy'],
  outputs: 1,
  gradient: ([ddw], { x, dy }, _, { shape: __, ...geometry }) => ({
    x: () => backToFilms(dy, ddw as Tensor, geometry, x.shape),
    dy: () => runNativeOp(forward, { x, filter: ddw as Tensor }, geometry)[0] as Tensor,
  }),
}

type Range = { readonly first: number; readonly end: number }

/** Along one axis, the taps of the filter that see the film somewhere: row `at·stride + tap − before` of `size`. */
const tapsSeen = (size: number, taps: number, stride: number, before: number, after: number): Range => {
  const outputs = Math.floor((size + before + after - taps) / stride) + 1
  return { first: Math.max(0, before - (outputs - 1) * stride), end: Math.min(taps, before + size) }
}

/**
 * The filter without the taps that see padding alone, as they do where films are smaller than it: the products are fewer,
 * and oneDNN leaves the gradients of such taps unwritten in bfloat16 where the processor has it (AVX-512 BF16; a stride of 2
 * over one pixel gave 1e14 or NaN). A slice's gradient is 0 there.
 */
const seenPart = (filter: Tensor, [h, w]: ReadonlyArray<number>, geometry: Geometry): readonly [Tensor, Geometry] => {
  const { stride, pads } = geometry
  const [kh, kw, c, o] = filter.shape as Shape4
  const rows = tapsSeen(h!, kh, stride, pads.top, pads.bottom)
  const columns = tapsSeen(w!, kw, stride, pads.left, pads.right)
  const [height, width] = [rows.end - rows.first, columns.end - columns.first]
  if (height === kh && width === kw) return [filter, geometry]
  const part = slice(filter, [rows.first, columns.first, 0, 0], [height, width, c, o])
  const left = {
    top: pads.top - rows.first,
    bottom: pads.bottom - (kh - rows.end),
    left: pads.left - columns.first,
    right: pads.right - (kw - columns.end),
  }
  return [part, { ...geometry, pads: left }]
}

const backToFilms = (dy: Tensor, filter: Tensor, geometry: Geometry, shape: ReadonlyArray<number>): Tensor =>
  runNativeOp(toFilms, { dy, filter }, { ...geometry, shape })[0] as Tensor

const backToFilter = (x: Tensor, dy: Tensor, geometry: Geometry, shape: ReadonlyArray<number>): Tensor =>
  runNativeOp(toFilter, { x, dy }, { ...geometry, shape })[0] as Tensor

/** For other backends, and what the kernels are tested against. */
export const convolvePortable = (x: Tensor4D, filter: Tensor4D, { stride, pads, groups }: Geometry): Tensor => {
  const films = (isNone(pads) ? x : padded(x, pads)) as Tensor4D
  if (groups === 1) return conv2d(films, filter, stride, 'valid')
  const filters = split(filter, groups, 3)
  return concat(
    split(films, groups, 3).map((part, i) => conv2d(part as Tensor4D, filters[i] as Tensor4D, stride, 'valid')),
    3,
  )
}

const check = (x: Tensor, filter: Tensor, { groups }: Geometry): void => {
  const [, , c, o] = filter.shape as Shape4
  if (x.rank === 4 && filter.rank === 4 && c * groups === x.shape[3] && o % groups === 0) return
  throw new RangeError(
    `films [B, H, W, C] and a filter [kh, kw, C / groups, O] with groups dividing O are needed, got [${x.shape.join(', ')}], [${filter.shape.join(', ')}] and ${groups} groups`,
  )
}

/**
 * Cross-correlation, differentiable to any order. By Winograd's filtering a pixel that is not a number reaches the outputs that it
 * reaches otherwise, and, at the rim of x, every tap of the filter's gradient; an infinite one gives not a number where TensorFlow's
 * kernels give infinity.
 * In bfloat16, by kernels of ours that are not Winograd's, values are multiplied in pairs, and where kw · C is odd the last one of a
 * row of the filter has as its partner the film's next value, times 0: a pixel that is not a number or infinite in its first channel
 * spoils one output more, that whose window ends just left of it. Without padding on the left that is, for the first pixel of a row,
 * the last output whose window ends in the row above, or in the film before. The gradient by x has the same with dy.
 * @param x [B, H, W, C]
 * @param filter [kh, kw, C / groups, O]
 * @returns [B, (H + top + bottom − kh) / stride + 1, …, O], rounded down
 */
export const convolve = (x: Tensor, filter: Tensor, options: ConvolveOptions = {}): Tensor => {
  const { stride = 1, pads = NO_PADS, groups = 1 } = options
  const geometry = { stride, pads, groups }
  check(x, filter, geometry)
  if (!nodeBackend()) return convolvePortable(x as Tensor4D, filter as Tensor4D, geometry)
  const [part, rest] = seenPart(filter, x.shape.slice(1, 3), geometry)
  return runNativeOp(forward, { x, filter: part }, rest)[0] as Tensor
}

/**
 * The transpose of `convolve`: films of `size` whose convolution has the shape of `x`.
 * @param x [B, H, W, O]
 * @param filter [kh, kw, C, O], that of the convolution
 * @param size height and width of the result
 * @returns [B, …size, C]
 */
export const convolveTranspose = (
  x: Tensor,
  filter: Tensor,
  size: readonly [height: number, width: number],
  { stride = 1, pads = NO_PADS }: Omit<ConvolveOptions, 'groups'> = {},
): Tensor => {
  const [batch] = x.shape as Shape4
  const channels = filter.shape[2] as number
  const shape: Shape4 = [batch, ...size, channels]
  if (nodeBackend()) {
    const [part, rest] = seenPart(filter, size, { stride, pads, groups: 1 })
    return backToFilms(x, part, rest, shape)
  }
  const { top, bottom, left, right } = pads
  const full: Shape4 = [batch, size[0] + top + bottom, size[1] + left + right, channels]
  const whole = conv2dTranspose(x as Tensor4D, filter as Tensor4D, full, stride, 'valid')
  return slice(whole, [0, top, left, 0], shape)
}
