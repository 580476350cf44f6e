// The generator of a DCGAN (Radford et al. 2016, as Salehinejad et al. use it; row D2): a latent is projected to 4 × 4, then
// fractionally strided convolutions double it until it is a film. Batch norm and ReLU behind each but the last, which has tanh.
import { batchNorm, dense, sequential, tanh, type Layer } from '@radiograft/nn'
import * as tf from '@tensorflow/tfjs-core'
import { dcganInit, doubling } from './dcganConvolutions.ts'
import { dcganMaps } from './dcganMaps.ts'

export type DcganOptions = {
  /** Side of the films: 16, 32, 64, 128 or 256. @default 256 (D2) */
  readonly size?: number
  /** Cap of channels (`dcganMaps`); on CPUs 128 is what is affordable. @default 1024 (D2) */
  readonly width?: number
}

export type DcganGeneratorOptions = DcganOptions & {
  /** numbers in a latent. @default 128 (D2) */
  readonly latent?: number
}

export interface DcganGenerator extends Layer {
  /** side of its films, pixels */
  readonly size: number
  /** numbers in a latent */
  readonly latent: number
}

/** A vector as a map of 4 × 4, counted rows, columns, channels. */
const asMap = (channels: number): Layer => ({
  init: () => ({}),
  outputShape: () => [4, 4, channels],
  apply: (_, x) => ({ y: tf.reshape(x, [-1, 4, 4, channels]), updates: {} }),
})

/**
 * Latents [B, latent] in (−1, 1) → films [B, size, size, 1] in [−1, 1]. While training a film depends on the others of its
 * batch, by the statistics of the norms; their running averages come back as updates, and without training they are used.
 * @throws GanModelsError when the size is no power of two from 16 to 256
 */
export const dcganGenerator = ({
  size = 256,
  latent = 128,
  width = 1024,
}: DcganGeneratorOptions = {}): DcganGenerator => {
  const maps = dcganMaps(size, width)
  const first = maps[0]!.channels
  const normed = (name: string, channels: number): readonly [string, Layer] => [
    `${name}_norm`,
    batchNorm({ channels, slope: 0 }),
  ]
  const body = sequential([
    ['project', dense({ inC: latent, outC: 16 * first, bias: false, weightInit: dcganInit })],
    ['map', asMap(first)],
    normed('project', first),
    ...maps
      .slice(1)
      .flatMap(({ channels }, i): Array<readonly [string, Layer]> => [
        [`up${i + 1}`, doubling(maps[i]!.channels, channels, false)],
        normed(`up${i + 1}`, channels),
      ]),
    [`up${maps.length}`, doubling(maps.at(-1)!.channels, 1, true)],
    ['tanh', tanh],
  ])
  return { ...body, size, latent }
}
