// Whether a server lacks anything of a run that was meant for it: read from the run folder, nobody is asked.
import { makeMlflowClient } from '../MlflowClient.ts'
import { readState, stateFor } from './TrackingState.ts'

/**
 * Whether a run was meant for a server and is not all there: what is sent without being asked for by name.
 * @param store given: also what was withheld, which that store may free
 */
export const isUnsent = async (folder: string, uri: string, store?: string): Promise<boolean> => {
  const known = await readState(folder)
  const state = known && stateFor(known, known.run, makeMlflowClient(uri).uri)
  return state !== undefined && (!state.closed || (store !== undefined && state.withheld === true))
}
