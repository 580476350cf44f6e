// Group normalisation (Wu and He 2018), the head's option against the small batches of detection: each film by itself, in
// groups of channels. Parameters: `weight` [C], `bias` [C].
import type { Layer } from '@radiograft/nn'
import { ones, zeros } from '@radiograft/nn'
import { normalise } from '@radiograft/tensor'
import { DetectorError } from '../DetectorError.ts'

/** x `[B, H, W, C]` → the same shape. @param groups of channels, must divide them @default 8 */
export const groupNorm = ({
  channels,
  groups = 8,
  eps = 1e-5,
}: {
  readonly channels: number
  readonly groups?: number
  readonly eps?: number
}): Layer => {
  if (channels % groups !== 0)
    throw new DetectorError('groupNorm', `${groups} groups do not divide ${channels} channels`)
  return {
    init: (rng) => ({ weight: ones(rng.fork('weight'), [channels]), bias: zeros(rng.fork('bias'), [channels]) }),
    outputShape: (shape) => [...shape],
    apply: (params, x) => {
      const { y } = normalise(x, params['weight']!, params['bias']!, { groups, eps })
      return { y, updates: {} }
    },
  }
}
