// Instance normalisation (Ulyanov et al. 2016): each channel of each film to mean 0 and variance 1, then scale and shift.
// Used by the CycleGAN generator and PatchGAN (G11, G12). Parameters with `affine`: `weight` [C], `bias` [C].
import { ones, zeros } from '../initialisers/constants.ts'
import type { Initialiser } from '../initialisers/Initialiser.ts'
import type { Layer } from '../Network.ts'
import { param } from '../params/param.ts'
import { standardise } from './standardise.ts'

export type InstanceNormOptions = {
  readonly channels: number
  /** Scale and shift per channel. @default true (torch's `InstanceNorm2d` has false) */
  readonly affine?: boolean
  /** @default 1e-5 */
  readonly eps?: number
  /** @default ones */
  readonly weightInit?: Initialiser
}

const FILM = [1, 2]

/** x `[B, H, W, C]` → the same shape. */
export const instanceNorm = ({
  channels,
  affine = true,
  eps = 1e-5,
  weightInit = ones,
}: InstanceNormOptions): Layer => ({
  init: (rng) =>
    affine ? { weight: weightInit(rng.fork('weight'), [channels]), bias: zeros(rng.fork('bias'), [channels]) } : {},
  outputShape: (shape) => [...shape],
  apply: (params, x, ctx) => {
    if (!affine) return { y: standardise(x, FILM, eps), updates: {} }
    const scaling = { weight: param(params, 'weight', ctx), bias: param(params, 'bias', ctx) }
    return { y: standardise(x, FILM, eps, scaling), updates: {} }
  },
})
