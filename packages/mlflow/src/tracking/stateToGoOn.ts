// Before what was acknowledged is believed: does the server still have the run, and was something withheld that may go out
// now? Used by `syncRun`.
import { MlflowRefusedError } from '../errors.ts'
import type { MlflowClient } from '../MlflowClient.ts'
import type { Run } from '../Run.ts'
import { withheldTag } from './deliverResults.ts'
import { journalLines } from './Journal.ts'
import { pipeline } from './Operation.ts'
import type { Privacy } from './Privacy.ts'
import { freshState } from './TrackingState.ts'
import type { TrackingState } from './TrackingState.ts'

export interface StateToCheck {
  readonly client: MlflowClient
  readonly folder: string
  readonly privacy: Privacy
  readonly state: TrackingState
}

const runOf = (client: MlflowClient, id: string): Promise<Run | undefined> =>
  client.getRun(id).catch((error: unknown) => {
    if (error instanceof MlflowRefusedError && error.errorCode === 'RESOURCE_DOES_NOT_EXIST') return undefined
    throw error
  })

/** `as it was`; `gone`: the server has no such run, all is sent anew; `known now`: sent again, with what was withheld. */
export interface StateChecked {
  readonly why: 'as it was' | 'gone' | 'known now'
  readonly state: TrackingState
}

export const stateToGoOn = async ({ client, folder, privacy, state }: StateToCheck): Promise<StateChecked> => {
  const id = state.runs[pipeline]
  if (id === undefined) return { why: 'as it was', state }
  const run = await runOf(client, id)
  if (!run) {
    const { others = [] } = state
    return { why: 'gone', state: { ...freshState(state.run, state.uri, state.experiment, undefined), others } }
  }
  if (!state.closed || !run.tags[withheldTag]) return { why: 'as it was', state }
  for await (const line of journalLines(folder)) if (line._tag === 'stage-done') await privacy.learn(line.key)
  if (privacy.whom() === 'unknown') return { why: 'as it was', state: { ...state, withheld: true } }
  // runs that are there are opened again, and points are told apart by their times
  const again: TrackingState = { ...state, acknowledged: 0, open: [], closed: false, refused: [], withheld: false }
  return { why: 'known now', state: again }
}

/** Whether report and figures of a run are kept back. */
export const isWithheld = async (client: MlflowClient, id: string): Promise<boolean> =>
  Boolean((await runOf(client, id))?.tags[withheldTag])
