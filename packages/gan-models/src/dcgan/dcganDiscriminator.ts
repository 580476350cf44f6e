// The discriminator of a DCGAN (row D2): the generator's way back, strided convolutions from a film to 4 × 4, then one logit.
// Leaky ReLU .2; batch norm on all but the first.
import { batchNorm, dense, flatten, leakyRelu, sequential, zeros, type Layer } from '@radiograft/nn'
import { dcganInit, halving } from './dcganConvolutions.ts'
import type { DcganOptions } from './dcganGenerator.ts'
import { dcganMaps } from './dcganMaps.ts'

/**
 * Films [B, size, size, 1] in [−1, 1] → logits [B, 1]; positive means real. Real and generated films are judged in batches of
 * their own, so that neither is normalised by the other's statistics.
 * @throws GanModelsError when the size is no power of two from 16 to 256
 */
export const dcganDiscriminator = ({ size = 256, width = 1024 }: DcganOptions = {}): Layer => {
  const channels = dcganMaps(size, width).map((map) => map.channels).toReversed() // prettier-ignore
  return sequential([
    ['down1', halving(1, channels[0]!, true)],
    ['down1_act', leakyRelu(0.2)],
    ...channels.slice(1).flatMap((c, i): Array<readonly [string, Layer]> => [
      [`down${i + 2}`, halving(channels[i]!, c, false)],
      [`down${i + 2}_norm`, batchNorm({ channels: c, slope: 0.2 })],
    ]),
    ['flat', flatten],
    ['logit', dense({ inC: 16 * channels.at(-1)!, outC: 1, weightInit: dcganInit, biasInit: zeros })],
  ])
}
