// A small convolutional network for grey films of 32² to 256² (P4): 3×3 convolutions with batch norm and ReLU that halve the
// film and double the channels, the mean over what is left, one dense layer. Used by the training step, by predictions, and
// through its mean as an extractor of features.
import {
  batchNorm,
  conv2d,
  dense,
  dropout,
  globalAvgPool,
  heNormal,
  scope,
  sequential,
  unscope,
  type Network,
} from '@radiograft/nn'
import { withOpScope } from '@radiograft/tensor'
import type { Tensor } from '@tensorflow/tfjs-core'
import { ClassifierError } from '../ClassifierError.ts'

export interface SmallCnnOptions {
  /** side of the films, pixels: 32 to 256 */
  readonly size: number
  /** outputs */
  readonly classes: number
  /** channels of the first block; each block doubles them, up to 16 times @default 16 */
  readonly width?: number
  /** blocks; all but the first halve the film @default as many as leave a map of 4 to 7 pixels a side (`smallCnnDepth`) */
  readonly depth?: number
  /** dropout before the dense layer @default 0 */
  readonly dropout?: number
}

export type SmallCnnOutput = {
  /** [B, features], the mean of the last map */
  readonly features: Tensor
  /** [B, classes] */
  readonly logits: Tensor
}

export interface SmallCnn extends Network<SmallCnnOutput> {
  readonly options: Required<SmallCnnOptions>
  /** how many features a film has */
  readonly features: number
}

const SMALLEST = 32
const LARGEST = 256
/** Channels stop doubling here, or the last blocks of a large film would hold nearly all weights. */
const MOST_DOUBLED = 16

/** Blocks that leave a map of 4 to 7 pixels a side: 4 at 32², 5 at 64², 6 at 128², 7 at 256². */
export const smallCnnDepth = (size: number): number => Math.floor(Math.log2(size)) - 1

/**
 * Films `[B, size, size, 1]` in [−1, 1] to features and logits. Parameters: `blocks.<i>.conv.weight`, `blocks.<i>.norm.…`,
 * `head.weight`, `head.bias`.
 * @throws ClassifierError when an option is out of range
 */
export const smallCnn = (given: SmallCnnOptions): SmallCnn => {
  const options = { width: 16, depth: smallCnnDepth(given.size), dropout: 0, ...given }
  const { size, classes, width, depth } = options
  if (!(Number.isInteger(size) && size >= SMALLEST && size <= LARGEST))
    throw new ClassifierError('smallCnn', `size is ${size}: give ${SMALLEST} to ${LARGEST} pixels`)
  for (const [name, value] of Object.entries({ classes, width, depth }))
    if (!(Number.isInteger(value) && value > 0))
      throw new ClassifierError('smallCnn', `${name} is ${value}: give 1 or more`)
  const channels = Array.from({ length: depth }, (_, i) => width * Math.min(2 ** i, MOST_DOUBLED))
  const body = sequential(
    channels.flatMap((outC, i) => {
      const stride = i === 0 ? 1 : 2
      const conv = conv2d({
        inC: channels[i - 1] ?? 1,
        outC,
        kernel: 3,
        stride,
        padding: 1,
        bias: false, // the norm would subtract it
        weightInit: heNormal(),
      })
      return [
        [`${i}.conv`, conv],
        [`${i}.norm`, batchNorm({ channels: outC, slope: 0 })],
      ] as const
    }),
  )
  const features = channels.at(-1)!
  const drop = dropout({ rate: options.dropout })
  const head = dense({ inC: features, outC: classes })
  return {
    options,
    features,
    init: (rng) => ({
      ...unscope(body.init(rng.fork('blocks'), [size, size, 1]), 'blocks'),
      ...unscope(head.init(rng.fork('head'), [features]), 'head'),
    }),
    apply: (params, x, ctx) => {
      const [, h, w, c] = x.shape
      if (h !== size || w !== size || c !== 1)
        throw new ClassifierError('smallCnn', `films are [${x.shape.join(', ')}], expected [B, ${size}, ${size}, 1]`)
      const at = (path: string) => ({ ...ctx, path: ctx.path ? `${ctx.path}.${path}` : path })
      const map = withOpScope('blocks', () => body.apply(scope(params, 'blocks'), x, at('blocks')))
      const pooled = withOpScope('pool', () => globalAvgPool.apply({}, map.y, ctx).y)
      const kept = withOpScope('dropout', () => drop.apply({}, pooled, at('dropout')).y)
      const logits = withOpScope('head', () => head.apply(scope(params, 'head'), kept, at('head')).y)
      return { y: { features: pooled, logits }, updates: unscope(map.updates, 'blocks') }
    },
  }
}
