import type { Tensor } from '@tensorflow/tfjs-core'
import { NetworkError } from '../NetworkError.ts'
import type { ApplyContext, Params } from '../Network.ts'

/**
 * One parameter of a layer, or an error that names the layer and what is there instead. Used by the layers.
 * @throws NetworkError
 */
export const param = (params: Params, name: string, ctx: ApplyContext): Tensor => {
  const value = params[name]
  if (value === undefined) {
    const names = Object.keys(params).slice(0, 8).join(', ')
    throw new NetworkError(ctx.path ?? '', `parameter '${name}' is missing; there are: ${names || 'none'}`)
  }
  return value
}
