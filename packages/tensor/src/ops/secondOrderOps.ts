// What may be differentiated twice in tfjs 4.22, by the names of its kernels: the one list that `inputGradient` goes by. Every
// entry is proved by its test: the safe ones by finite differences of a second derivative, the others by being wrong or throwing.

/** Why an op is refused, and what to use in its place. */
type UnsafeOp = {
  /** `wrong`: a second derivative without a word and without its right value; `throws`: tfjs says that it has none. */
  readonly fails: 'wrong' | 'throws'
  readonly because: string
  readonly instead: string
}

// tfjs saves outputs for the gradient as copies that its tape notes before the op itself: walking back, the op's turn comes before
// what the copy has to say.
const DETACHED = 'its gradient is made from its own output, which the outer gradient does not see'
const NO_GRADIENT = 'its gradient is made of an op that has none'

const wrong = (instead: string): UnsafeOp => ({ fails: 'wrong', because: DETACHED, instead })
const throws = (instead: string, because = NO_GRADIENT): UnsafeOp => ({ fails: 'throws', because, instead })

export const UNSAFE_OPS: Readonly<Record<string, UnsafeOp>> = {
  Tanh: wrong('end in logits; inside, leakyRelu of @radiograft/tensor'),
  Sigmoid: wrong('end in logits and put softplus into the loss'),
  Exp: wrong('softplus'),
  Softmax: wrong('end in logits'),
  LogSoftmax: wrong('end in logits'),
  Elu: wrong('softplus, or leakyRelu of @radiograft/tensor'),
  Selu: throws('leakyRelu of @radiograft/tensor'),
  LeakyRelu: throws('leakyRelu of @radiograft/tensor'),
  Prelu: throws('leakyRelu of @radiograft/tensor'),
  Maximum: throws('a + relu(b - a)'),
  Minimum: throws('a - relu(a - b)'),
  Max: throws('a mean, or a strided convolution'),
  Min: throws('a mean, or a strided convolution'),
  ClipByValue: throws('differences of relu'),
  AvgPool: throws('boxDownsample of @radiograft/tensor'),
  MaxPool: throws('maxPool or boxDownsample of @radiograft/tensor, or a strided convolution'),
  ResizeNearestNeighbor: throws('boxUpsample of @radiograft/tensor'),
  ResizeBilinear: throws('boxUpsample and boxDownsample of @radiograft/tensor'),
}

/** Right to second order. Ops of this package are here by their kernels, or made of `customGrad`, which answers for itself. */
export const SAFE_OPS: ReadonlySet<string> = new Set([
  // arithmetic
  'Abs',
  'Add',
  'AddN',
  'Cast',
  'Erf',
  'Identity',
  'Log',
  'Log1p',
  'Multiply',
  'Neg',
  'Pow',
  'RealDiv',
  'Relu',
  'Rsqrt',
  'Softplus',
  'Sqrt',
  'Square',
  'SquaredDifference',
  'Sub',
  // sums, products, norms
  'BatchMatMul',
  'Conv2D',
  'Conv2DBackpropInput',
  'FusedBatchNorm',
  'Mean',
  'RadiograftConvolve',
  'RadiograftConvolveToFilms',
  'RadiograftConvolveToFilter',
  'RadiograftMaxPool',
  'RadiograftNorm',
  'Sum',
  // shapes
  'Concat',
  'ExpandDims',
  'Pack',
  'PadV2',
  'Reshape',
  'Slice',
  'SplitV',
  'Tile',
  'Transpose',
  'Unpack',
])

/** They answer to shapes alone: there is nothing to differentiate. */
export const CONSTANT_OPS: ReadonlySet<string> = new Set(['Fill', 'OnesLike', 'Range', 'ZerosLike'])
