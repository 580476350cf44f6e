// --skip-bad and --laterals: what is left out of a folder of films. Used by `run` and `data`.
import type { Dataset } from '@radiograft/pipeline'
import type { Arguments } from '../arguments/parseArguments.ts'
import { UsageError } from '../UsageError.ts'

/** Throws `UsageError`. */
export const leftOut = (given: Arguments): Pick<Dataset, 'skipBad' | 'laterals'> => {
  const laterals = given.get('laterals')
  if (laterals !== undefined && laterals !== 'drop' && laterals !== 'refuse')
    throw new UsageError(`--laterals ${laterals}: it is 'drop' (leave them out) or 'refuse' (they end the run).`)
  return {
    ...(given.has('skip-bad') && { skipBad: true }),
    ...(laterals === 'drop' && { laterals }),
  }
}
