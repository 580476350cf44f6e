// Which sort of work an op is: the first thing to know of a step. Used by `summariseRecording`.
import type { NodeRow } from './readTrace.ts'

/** In the order in which they are told where they cost the same. */
export const kinds = [
  'convolution forward',
  'convolution backward input',
  'convolution backward filter',
  'matrix product',
  'norm',
  'elementwise',
  'reduction',
  'pad, slice, concat',
  'reorder, cast',
  'pool, resize, gather',
  'optimiser',
  'random numbers',
  'other op',
  'eager op',
  'values in and out',
  'runtime',
  'idle',
  'host',
] as const
export type Kind = (typeof kinds)[number]

const byOp: Readonly<Record<string, Kind>> = Object.fromEntries(
  (
    [
      ['convolution forward', 'Conv2D DepthwiseConv2dNative Conv3D RadiograftNarrowConvolve'],
      [
        'convolution backward input',
        'Conv2DBackpropInput DepthwiseConv2dNativeBackpropInput RadiograftNarrowConvolveBack',
      ],
      [
        'convolution backward filter',
        'Conv2DBackpropFilter Conv2DBackpropFilterWithBias RadiograftConvFilterGradient RadiograftWinogradFilterGradient DepthwiseConv2dNativeBackpropFilter',
      ],
      ['matrix product', 'MatMul BatchMatMul BatchMatMulV2 BatchMatMulV3 Einsum'],
      [
        'norm',
        'FusedBatchNormV3 FusedBatchNormGradV3 RadiograftNorm RadiograftNormGradient RadiograftAffine RadiograftAffineGradient LayerNorm LRN LRNGrad',
      ],
      ['reduction', 'Sum RadiograftSquaredSum Mean Max Min Prod All Any ArgMax ArgMin Cumsum L2Loss BiasAddGrad'],
      [
        'pad, slice, concat',
        'Pad PadV2 MirrorPad MirrorPadGrad RadiograftMirrorPad RadiograftMirrorPadGradient Slice StridedSlice StridedSliceGrad ConcatV2 Pack Unpack Split SplitV Tile BroadcastTo Fill',
      ],
      [
        'reorder, cast',
        'Cast Transpose Reverse ReverseV2 _MklToTf _MklInputConversion SpaceToDepth DepthToSpace Identity',
      ],
      [
        'pool, resize, gather',
        'AvgPool AvgPoolGrad MaxPool MaxPoolGrad RadiograftMaxPool RadiograftMaxPoolGradient RadiograftMaxPoolAt ResizeBilinear ResizeBilinearGrad ResizeNearestNeighbor ResizeNearestNeighborGrad CropAndResize CropAndResizeGradImage GatherV2 GatherNd ScatterNd UnsortedSegmentSum TopKV2 ImageProjectiveTransformV3 OneHot',
      ],
      ['optimiser', 'RadiograftAdam ApplyAdam ResourceApplyAdam ApplyGradientDescent ResourceApplyGradientDescent'],
      [
        'random numbers',
        'StatelessRandomUniform StatelessRandomUniformV2 StatelessRandomNormal StatelessRandomUniformInt',
      ],
    ] as ReadonlyArray<readonly [Kind, string]>
  ).flatMap(([kind, ops]) => ops.split(' ').map((op) => [op, kind] as const)),
)

/** Ops that make one number of each number; many, so told by what is none of the others and keeps its shape. */
const isElementwise = ({ inputs, output }: NodeRow): boolean => {
  const size = (shape: ReadonlyArray<number>): number => shape.reduce((product, side) => product * side, 1)
  return output !== undefined && inputs.some((shape) => size(shape) === size(output))
}

/** The part of a network that a node belongs to: its name without the last part. */
export const layerOf = (node: string): string => node.slice(0, Math.max(0, node.lastIndexOf('/')))

/** Not the norm of all gradients, which `nn` calls `globalNorm`. */
const isNormLayer = (layer: string): boolean =>
  /(?<!global)norm|standardi[sz]e/i.test(layer.split('/').slice(-2).join('/'))
/** The tracer calls what gradients are made of `<layer>/grad/…`. */
const isBackward = (layer: string): boolean => /(^|\/)grad(\/|$)/.test(layer)
const isOptimiser = (layer: string): boolean => /(^|\/)(adam|sgd|optimi[sz]er|ema)/i.test(layer)

export const kindOf = (row: NodeRow): Kind => {
  const layer = layerOf(row.node)
  if (isOptimiser(layer)) return 'optimiser'
  // one kernel for both ways
  if (row.op === 'RadiograftWinograd') return isBackward(layer) ? 'convolution backward input' : 'convolution forward'
  const kind = byOp[row.op.replace(/^Fused/, '')] ?? byOp[row.op] ?? (isElementwise(row) ? 'elementwise' : 'other op')
  // a norm is made of means and elementwise ops: by its layer it is told as one
  return isNormLayer(layer) && (kind === 'elementwise' || kind === 'reduction') ? 'norm' : kind
}
