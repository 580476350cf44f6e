// Which parameters an optimiser may touch. Used by gradients, optimisers and counts, so that all agree.
import type { Params } from '../Network.ts'
import { isRunningStatistic } from './isRunningStatistic.ts'

/** Whether a dotted name is `prefix` or lies below it: `layer1` covers `layer1.0.bn1.weight` and not `layer10.weight`. */
export const isUnder = (name: string, prefix: string): boolean =>
  name === prefix || name.startsWith(prefix.endsWith('.') ? prefix : `${prefix}.`)

/** The parameters that are learned: no running statistics, and none under the `frozen` prefixes. */
export const trainable = (params: Params, frozen: readonly string[] = []): Params =>
  Object.fromEntries(
    Object.entries(params).filter(
      ([name]) => !isRunningStatistic(name) && !frozen.some((prefix) => isUnder(name, prefix)),
    ),
  )
