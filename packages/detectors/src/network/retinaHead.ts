// One head of RetinaNet: a tower of 3x3 convolutions and an output convolution, shared by all levels of the pyramid.
// The network has two, for classes and for boxes.
import type { Initialiser, Layer } from '@radiograft/nn'
import { conv2d, heNormal, normal, relu, sequential, zeros } from '@radiograft/nn'
import { groupNorm } from './groupNorm.ts'

export interface RetinaHeadOptions {
  readonly channels: number
  /** output channels: anchors a cell times numbers an anchor */
  readonly outC: number
  /** of the output's bias @default zeros */
  readonly biasInit?: Initialiser
  /** convolutions before the output @default 4 */
  readonly depth?: number
  /** @default 'none' */
  readonly norm?: 'none' | 'group'
}

/** x `[B, H, W, channels]` → `[B, H, W, outC]`. Output weights start at N(0, .01²), so that the bias says the first answer. */
export const retinaHead = ({ channels, outC, biasInit = zeros, depth = 4, norm = 'none' }: RetinaHeadOptions): Layer =>
  sequential([
    ...Array.from({ length: depth }, (_, k) => [
      [
        `conv${k}`,
        conv2d({ inC: channels, outC: channels, kernel: 3, padding: 1, weightInit: heNormal(), biasInit: zeros }),
      ] as const,
      ...(norm === 'group' ? [[`norm${k}`, groupNorm({ channels })] as const] : []),
      [`relu${k}`, relu] as const,
    ]).flat(),
    ['output', conv2d({ inC: channels, outC, kernel: 3, padding: 1, weightInit: normal(0.01), biasInit })] as const,
  ])
