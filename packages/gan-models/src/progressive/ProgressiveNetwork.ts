// What the networks of a progressively growing GAN are: layers that may be between two resolutions. At one resolution they are
// layers like others; while the next one is faded in, the weight of the new part comes with the call, so that one compiled step
// serves the whole fade.
import type { ApplyContext, Applied, Layer, Params } from '@radiograft/nn'
import { sequential } from '@radiograft/nn'
import type { Tensor } from '@tensorflow/tfjs-core'
import { GanModelsError } from '../GanModelsError.ts'

export type ProgressiveContext = ApplyContext & {
  /** Share of the newest resolution, a scalar in [0, 1]; needed while fading, not looked at otherwise. */
  readonly alpha?: Tensor | number
}

export interface ProgressiveNetwork extends Layer {
  /** side of its films, pixels */
  readonly resolution: number
  readonly fading: boolean
  apply(params: Params, x: Tensor, ctx: ProgressiveContext): Applied
}

/** Where in its growth a network is. */
export type Growth = {
  /** Side of the films: a power of two from 4. */
  readonly resolution: number
  /** Whether that resolution is being faded in over the one before. @default false */
  readonly fading?: boolean
}

/**
 * 4, 8, … up to the resolution.
 * @throws GanModelsError when it is no power of two from 4, or 4 is to be faded in
 */
export const resolutionsOf = ({ resolution, fading = false }: Growth): number[] => {
  const steps = Math.log2(resolution) - 1
  if (!Number.isInteger(steps) || steps < 1)
    throw new GanModelsError('resolution', `${resolution} is no power of two from 4; films grow by doubling`)
  if (fading && resolution === 4)
    throw new GanModelsError('resolution', 'growth begins at 4: there is nothing to fade it in over; fading from 8 on')
  return Array.from({ length: steps }, (_, i) => 2 ** (i + 2))
}

/** One layer under its name: parameters are `<name>.…`. */
export const named = (name: string, layer: Layer): Layer => sequential([[name, layer]])

/** @throws GanModelsError when a fading network is called without a weight */
export const alphaOf = ({ alpha }: ProgressiveContext): Tensor | number => {
  if (alpha === undefined)
    throw new GanModelsError('alpha', 'a network that is being faded in needs the weight of its newest resolution')
  return alpha
}
