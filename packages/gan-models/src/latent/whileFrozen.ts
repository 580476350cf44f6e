// Work that must leave a generator as it was.
import type { Params } from '@radiograft/nn'
import { GanModelsError } from '../GanModelsError.ts'
import { paramsDigest } from './paramsDigest.ts'

/** @throws GanModelsError naming the parameters that the work changed, added or took away */
export const whileFrozen = async <A>(params: Params, work: () => Promise<A>): Promise<A> => {
  const before = await paramsDigest(params)
  const result = await work()
  const after = await paramsDigest(params)
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = names.filter((name) => before[name] !== after[name])
  if (changed.length > 0)
    throw new GanModelsError(
      'generator',
      `the search changed ${changed.join(', ')}: give functions that only read parameters, running statistics too`,
    )
  return result
}
