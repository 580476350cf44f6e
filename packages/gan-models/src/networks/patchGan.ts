// The discriminator of both models (G12): the 70×70 PatchGAN, C64-C128-C256-C512 with kernel 4 and strides 2, 2, 2, 1, then
// one logit a patch. Leaky ReLU .2, no norm on the first layer. One film goes in: "conditional" is the generator's input (G33).
import { conv2d, instanceNorm, leakyRelu, normal, sequential, zeros, type Layer } from '@radiograft/nn'

export type DiscriminatorOptions = {
  /** channels of the first layer. @default 64 (G12) */
  readonly filters?: number
  /** channels of films. @default 1 */
  readonly channels?: number
}

/** CycleGAN's code: every weight N(0, .02), biases zero. */
const weightInit = normal(0.02)
const biasInit = zeros

/** films [B, H, W, C] in [−1, 1], H and W multiples of 8 and at least 24 → logits [B, H/8 − 2, W/8 − 2, 1], one a patch; positive means real. */
export const patchGan = ({ filters = 64, channels = 1 }: DiscriminatorOptions = {}): Layer => {
  const stage = (name: string, inC: number, outC: number, stride: number): Array<readonly [string, Layer]> => [
    [name, conv2d({ inC, outC, kernel: 4, stride, padding: 1, bias: false, weightInit })],
    [`${name}_norm`, instanceNorm({ channels: outC, affine: false })],
    [`${name}_act`, leakyRelu(0.2)],
  ]
  return sequential([
    ['c1', conv2d({ inC: channels, outC: filters, kernel: 4, stride: 2, padding: 1, weightInit, biasInit })],
    ['c1_act', leakyRelu(0.2)],
    ...stage('c2', filters, 2 * filters, 2),
    ...stage('c3', 2 * filters, 4 * filters, 2),
    ...stage('c4', 4 * filters, 8 * filters, 1),
    ['logits', conv2d({ inC: 8 * filters, outC: 1, kernel: 4, padding: 1, weightInit, biasInit })],
  ])
}
