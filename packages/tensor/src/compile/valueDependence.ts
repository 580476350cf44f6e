// Which ops have an output whose shape depends on values: a graph is for one set of shapes, so the tracer refuses them
// unless the values in question are constants.

// Ops whose output has as many elements as the values of their inputs say; the suppressions not when they pad.
// prettier-ignore
const DATA_DEPENDENT = new Set([
  'Where', 'Unique', 'UniqueV2', 'UniqueWithCounts', 'UniqueWithCountsV2', 'ListDiff', 'DynamicPartition',
  'DynamicStitch', 'ParallelDynamicStitch', 'NonMaxSuppression', 'NonMaxSuppressionV2', 'NonMaxSuppressionV3',
  'NonMaxSuppressionWithOverlaps', 'NonMaxSuppressionV4', 'NonMaxSuppressionV5', 'SegmentSum', 'SegmentMean',
  'SegmentProd', 'SegmentMin', 'SegmentMax', 'SparseSegmentSum', 'SparseSegmentMean', 'SparseSegmentSqrtN',
  'SparseFillEmptyRows', 'SparseReshape', 'SparseSlice', 'SparseSplit', 'SparseConcat', 'SparseAdd', 'SparseCross',
  'SparseSparseMaximum', 'SparseSparseMinimum', 'SparseReduceSumSparse', 'SparseReduceMaxSparse',
  'DenseToDenseSetOperation', 'DenseToSparseSetOperation', 'SparseToSparseSetOperation', 'RaggedRange',
  'RaggedGather', 'RaggedCross', 'RaggedTensorToSparse',
])

const REDUCTIONS = ['Sum', 'Mean', 'Prod', 'Max', 'Min', 'All', 'Any', 'EuclideanNorm', 'ArgMax', 'ArgMin']
// prettier-ignore
const SECOND_IS_SHAPE = [
  'Reshape', 'BroadcastTo', 'Tile', 'Pad', 'PadV2', 'MirrorPad', 'MirrorPadGrad', 'TopKV2', 'OneHot', 'Transpose',
  'ResizeBilinear', 'ResizeNearestNeighbor', 'ResizeArea', 'ResizeBicubic', 'ExpandDims', 'Bincount', 'DenseBincount',
  'SparseToDense', 'Conv2DBackpropFilter', 'Conv3DBackpropFilterV2', 'DepthwiseConv2dNativeBackpropFilter',
  'MatrixDiagPartV2', 'MatrixDiagPartV3', ...REDUCTIONS,
]
// prettier-ignore
const FIRST_IS_SHAPE = [
  'Fill', 'Split', 'Conv2DBackpropInput', 'Conv3DBackpropInputV2', 'DepthwiseConv2dNativeBackpropInput', 'AvgPoolGrad',
  'AvgPool3DGrad', 'StatelessRandomUniform', 'StatelessRandomNormal', 'StatelessRandomUniformInt',
  'StatelessRandomUniformFullInt',
]

/** Operands that say how large the output is; -1 is the last. */
const SHAPE_OPERANDS: Readonly<Record<string, ReadonlyArray<number>>> = {
  ...Object.fromEntries(FIRST_IS_SHAPE.map((op) => [op, [0]])),
  ...Object.fromEntries(SECOND_IS_SHAPE.map((op) => [op, [1]])),
  Slice: [2],
  StridedSlice: [1, 2, 3],
  StridedSliceGrad: [0, 1, 2, 3],
  Range: [0, 1, 2],
  LinSpace: [2],
  SplitV: [1, 2],
  ConcatV2: [-1],
  GatherV2: [2],
  UnsortedSegmentSum: [2],
  UnsortedSegmentProd: [2],
  UnsortedSegmentMax: [2],
  UnsortedSegmentMin: [2],
  ScatterNd: [2],
  CropAndResize: [3],
  CropAndResizeGradImage: [3],
  ImageProjectiveTransformV3: [2],
  CombinedNonMaxSuppression: [2, 3],
  SpaceToBatchND: [1, 2],
  BatchToSpaceND: [1, 2],
  MatrixDiagV2: [1, 2, 3],
  MatrixDiagV3: [1, 2, 3],
}

/** Ops whose result follows from shapes alone, whatever the values. */
const OF_SHAPES = new Set(['Shape', 'ShapeN', 'Size', 'Rank'])

export type Operand = {
  /** Its values are the same at every call. */
  readonly fixed: boolean
  /** The values, where it is a constant. */
  readonly values?: ArrayBufferView | undefined
}

/** Whether the result of an op is the same at every call. */
export const isFixed = (op: string, operands: ReadonlyArray<Operand>): boolean =>
  OF_SHAPES.has(op) || operands.every(({ fixed }) => fixed)

/**
 * Whether the shape of an op's output depends on values that change from call to call.
 * @param pads for the suppressions: the output is filled up to its largest size
 */
export const dependsOnValues = (op: string, operands: ReadonlyArray<Operand>, pads: boolean): boolean => {
  if (DATA_DEPENDENT.has(op)) return !(pads && operands[2]?.fixed) && !isFixed(op, operands)
  const decisive = SHAPE_OPERANDS[op] ?? []
  if (decisive.some((at) => operands.at(at)?.fixed === false)) return true
  // A slice "to the end" is as long as its start leaves.
  const [, begin, size] = op === 'Slice' ? operands : []
  return begin?.fixed === false && (size?.values === undefined || (size.values as Int32Array).includes(-1))
}
