// ResNet-18 (He et al. 2016) as in torchvision, without its classifier: the encoder of the detectors and the aligner.
// Parameter names are torchvision's (`layer2.0.downsample.0.weight`), filters HWIO.
import { batchNorm, conv2d, heNormal, maxPool, residual, scope, sequential, unscope } from '@radiograft/nn'
import type { Layer, Network } from '@radiograft/nn'
import { withOpScope } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Features } from './Features.ts'

export type Resnet18Options = {
  /** Channels of a film. @default 1 */
  readonly inC?: number
  /** Channels of `c2`, each further map twice those of the one before; less than 64 for small films. @default 64 */
  readonly width?: number
  /** Batch norm uses its running statistics and leaves them, even while training (G18). @default false */
  readonly frozenBatchNorm?: boolean
}

/** Channels of `c2` … `c5` for a width. */
export const resnet18ChannelsOf = (width: number) =>
  ({ c2: width, c3: 2 * width, c4: 4 * width, c5: 8 * width }) as const

/** The same of ResNet-18 as published: 64, 128, 256, 512. */
export const resnet18Channels = resnet18ChannelsOf(64)

const after = (sum: Tensor): Tensor => tf.relu(sum)

/** conv-bn-relu-conv-bn, plus the input (projected where the shape changes), then ReLU. */
const basicBlock = (inC: number, outC: number, stride: number, frozen: boolean): Layer => {
  const conv = (from: number, kernel: number, step: number): Layer =>
    conv2d({
      inC: from,
      outC,
      kernel,
      stride: step,
      padding: (kernel - 1) / 2,
      bias: false,
      weightInit: heNormal('fanOut'),
    })
  const norm = (slope = 1): Layer => batchNorm({ channels: outC, frozen, slope })
  const body = sequential([
    ['conv1', conv(inC, 3, stride)],
    ['bn1', norm(0)],
    ['conv2', conv(outC, 3, 1)],
    ['bn2', norm()],
  ])
  if (stride === 1 && inC === outC) return residual(body, { after })
  const shortcut = sequential([
    ['0', conv(inC, 1, stride)],
    ['1', norm()],
  ])
  return residual(body, { after, shortcut })
}

/** x `[B, H, W, inC]` → `c2` (64 channels, 1/4 of the size), `c3` (128, 1/8), `c4` (256, 1/16), `c5` (512, 1/32). */
export const resnet18 = ({ inC = 1, width = 64, frozenBatchNorm = false }: Resnet18Options = {}): Network<Features> => {
  const { c2, c3, c4, c5 } = resnet18ChannelsOf(width)
  const stem = sequential([
    ['conv1', conv2d({ inC, outC: c2, kernel: 7, stride: 2, padding: 3, bias: false, weightInit: heNormal('fanOut') })],
    ['bn1', batchNorm({ channels: c2, frozen: frozenBatchNorm, slope: 0 })],
    ['maxpool', maxPool({ kernel: 3, stride: 2, padding: 1 })],
  ])
  const stage = (from: number, to: number, stride: number): Layer =>
    sequential([
      ['0', basicBlock(from, to, stride, frozenBatchNorm)],
      ['1', basicBlock(to, to, 1, frozenBatchNorm)],
    ])
  const stages = [
    ['layer1', 'c2', stage(c2, c2, 1)],
    ['layer2', 'c3', stage(c2, c3, 2)],
    ['layer3', 'c4', stage(c3, c4, 2)],
    ['layer4', 'c5', stage(c4, c5, 2)],
  ] as const

  return {
    init: (rng, inputShape) => {
      let shape = stem.outputShape(inputShape)
      const params: Record<string, Tensor> = { ...stem.init(rng, inputShape) }
      for (const [name, , layer] of stages) {
        Object.assign(params, unscope(layer.init(rng.fork(name), shape), name))
        shape = layer.outputShape(shape)
      }
      return params
    },
    apply: (params, x, ctx) => {
      const at = (name: string): typeof ctx => ({ ...ctx, path: ctx.path ? `${ctx.path}.${name}` : name })
      const first = stem.apply(params, x, ctx)
      let h = first.y
      const features: Record<string, Tensor> = {}
      const updates: Record<string, Tensor> = { ...first.updates }
      for (const [name, level, layer] of stages) {
        const input = h
        const applied = withOpScope(name, () => layer.apply(scope(params, name), input, at(name)))
        h = applied.y
        features[level] = h
        Object.assign(updates, unscope(applied.updates, name))
      }
      return { y: features, updates }
    },
  }
}
