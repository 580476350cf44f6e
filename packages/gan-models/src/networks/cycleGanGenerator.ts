// The generator of both models (G11): CycleGAN's ResNet generator, c7s1-F, d2F, d4F, R4F×n, u2F, uF, c7s1-1. Reflection
// padding, instance norm, ReLU (in the norm's own pass over memory), tanh at the end. Convolutions before a norm carry no bias: the norm would subtract it.
import {
  conv2d,
  conv2dTranspose,
  instanceNorm,
  normal,
  residual,
  sequential,
  tanh,
  zeros,
  type Layer,
} from '@radiograft/nn'
import { withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'

export type GeneratorOptions = {
  /** channels of the first layer. @default 64 (G11) */
  readonly filters?: number
  /** residual blocks. @default 9 (G11) */
  readonly blocks?: number
  /**
   * Adds the input to the output, G(x) = clamp(x + tanh(…)): the network then learns the change, which is zero for a
   * normal film (G16). The head starts at zero, so that the untrained G returns its input. Off is the generator as
   * printed. @default false
   */
  readonly skip?: boolean
  /** channels of films. @default 1 */
  readonly channels?: number
}

/** DCGAN's initialiser, N(0, .02), which CycleGAN's code uses for every convolution; biases start at zero. */
const weightInit = normal(0.02)

/** films [B, H, W, C] in [−1, 1] → films of the same shape and range; H and W multiples of 4. */
export const cycleGanGenerator = ({
  filters = 64,
  blocks = 9,
  skip = false,
  channels = 1,
}: GeneratorOptions = {}): Layer => {
  const f = filters
  const down = (name: string, inC: number, outC: number): Array<readonly [string, Layer]> => [
    [name, conv2d({ inC, outC, kernel: 3, stride: 2, padding: 1, bias: false, weightInit })],
    [`${name}_norm`, instanceNorm({ channels: outC, affine: false, slope: 0 })],
  ]
  const up = (name: string, inC: number, outC: number): Array<readonly [string, Layer]> => [
    [name, conv2dTranspose({ inC, outC, kernel: 3, stride: 2, padding: 1, outputPadding: 1, bias: false, weightInit })],
    [`${name}_norm`, instanceNorm({ channels: outC, affine: false, slope: 0 })],
  ]
  const half = (channels: number): Layer =>
    conv2d({ inC: channels, outC: channels, kernel: 3, padding: 1, padMode: 'reflect', bias: false, weightInit })
  const block = (c: number): Layer =>
    residual(
      sequential([
        ['conv1', half(c)],
        ['norm1', instanceNorm({ channels: c, affine: false, slope: 0 })],
        ['conv2', half(c)],
        ['norm2', instanceNorm({ channels: c, affine: false })],
      ]),
    )
  const headInit = { weightInit: skip ? zeros : weightInit, biasInit: zeros }
  const body = sequential([
    ['stem', conv2d({ inC: channels, outC: f, kernel: 7, padding: 3, padMode: 'reflect', bias: false, weightInit })],
    ['stem_norm', instanceNorm({ channels: f, affine: false, slope: 0 })],
    ...down('down1', f, 2 * f),
    ...down('down2', 2 * f, 4 * f),
    ...Array.from({ length: blocks }, (_, i) => [`blocks.${i}`, block(4 * f)] as const),
    ...up('up1', 4 * f, 2 * f),
    ...up('up2', 2 * f, f),
    ['head', conv2d({ inC: f, outC: channels, kernel: 7, padding: 3, padMode: 'reflect', ...headInit })],
    ['tanh', tanh],
  ])
  if (!skip) return body
  return {
    ...body,
    apply: (params, x, ctx) => {
      const { y, updates } = body.apply(params, x, ctx)
      return { y: withOpScope('skip', () => tf.clipByValue(tf.add(x, y), -1, 1)), updates }
    },
  }
}
