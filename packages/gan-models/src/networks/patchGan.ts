// The discriminator of both models (G12): the 70×70 PatchGAN, C64-C128-C256-C512 with kernel 4 and strides 2, 2, 2, 1, then
// one logit a patch. Leaky ReLU .2, no norm on the first layer. One film goes in: "conditional" is the generator's input (G33).
import { conv2d, instanceNorm, leakyRelu, normal, sequential, zeros, type Layer } from '@radiograft/nn'

export type DiscriminatorOptions = {
  /** channels of the first layer. @default 64 (G12) */
  readonly filters?: number
  /** channels of films. @default 1 */
  readonly channels?: number
}

const KERNEL = 4
/** Strides of the five convolutions; with kernels of 4 a logit sees 70 × 70 pixels. */
export const PATCH_STRIDES = [2, 2, 2, 1, 1] as const

/**
 * films [B, H, W, C] in [−1, 1], H and W multiples of 8 and at least 24 → logits [B, H/8 − 2, W/8 − 2, 1], one a patch;
 * positive means real. Starts as CycleGAN's code: weights N(0, .02²), biases zero.
 */
export const patchGan = ({ filters = 64, channels = 1 }: DiscriminatorOptions = {}): Layer => {
  const conv = (layer: 0 | 1 | 2 | 3 | 4, inC: number, outC: number, bias: boolean): Layer =>
    conv2d({
      inC,
      outC,
      kernel: KERNEL,
      stride: PATCH_STRIDES[layer],
      padding: 1,
      bias,
      weightInit: normal(0.02),
      biasInit: zeros,
    })
  // the norm would subtract a bias before it
  const normed = (layer: 1 | 2 | 3): Array<readonly [string, Layer]> => {
    const outC = 2 ** layer * filters
    return [
      [`c${layer + 1}`, conv(layer, outC / 2, outC, false)],
      [`c${layer + 1}_norm`, instanceNorm({ channels: outC, affine: false, slope: 0.2 })],
    ]
  }
  return sequential([
    ['c1', conv(0, channels, filters, true)],
    ['c1_act', leakyRelu(0.2)],
    ...normed(1),
    ...normed(2),
    ...normed(3),
    ['logits', conv(4, 8 * filters, 1, true)],
  ])
}
