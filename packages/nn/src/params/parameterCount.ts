import type { Params } from '../Network.ts'
import { trainable } from './trainable.ts'

/** How many numbers are learned; running statistics do not count, as in torch's `parameters()`. */
export const parameterCount = (params: Params, frozen: readonly string[] = []): number =>
  Object.values(trainable(params, frozen)).reduce((sum, value) => sum + value.size, 0)
