// `mlflow.json` of a run folder: what the tracking server has acknowledged of the run's journal, and the runs made there.
// Written after each piece that was sent; after a crash in between, the piece is sent again, which changes nothing there.
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunLabel } from './Operation.ts'

/** What the server had of a stage when it was taken over from an earlier run. */
export interface Continued {
  /** the step after which it goes on; 0 until that is known */
  readonly resumedAt: number
  /** metric → its last step */
  readonly steps: Readonly<Record<string, number>>
}

export interface TrackingState {
  readonly format: 1
  /** the run that the rest is about: a folder may be used again */
  readonly run: string
  /** the server, without credentials */
  readonly uri: string
  readonly experiment: string
  /** null until the server has answered */
  readonly experimentId: string | null
  /** bytes of the journal that have been sent */
  readonly acknowledged: number
  /** the server's ids of the runs by label; the pipeline's own has the empty one */
  readonly runs: Readonly<Record<RunLabel, string>>
  /** by label, of stages that go on from an earlier run: points that are there are not sent twice */
  readonly continued?: Readonly<Record<RunLabel, Continued>>
  /** labels of the runs that have not ended */
  readonly open: ReadonlyArray<RunLabel>
  /** the run has ended, and all of it is there */
  readonly closed: boolean
  /** what the server would not take, in its words: sent to nobody again */
  readonly refused: ReadonlyArray<string>
  /** report and figures are not there, though the run is closed: whom they must not name was not known */
  readonly withheld?: boolean
  /** how the run stands with other servers, the last one first: a mistyped address must not make it forget one */
  readonly others?: ReadonlyArray<TrackingState>
}

const stateFile = (folder: string): string => join(folder, 'mlflow.json')

/** Undefined where a run was never meant for a server, or the file is unreadable: all is then sent, once more. */
export const readState = async (folder: string): Promise<TrackingState | undefined> => {
  try {
    const state = JSON.parse(await readFile(stateFile(folder), 'utf8')) as TrackingState
    return state.format === 1 ? state : undefined
  } catch {
    return undefined
  }
}

export const writeState = async (folder: string, state: TrackingState): Promise<void> => {
  const file = stateFile(folder)
  await writeFile(`${file}.tmp`, `${JSON.stringify(state, undefined, 2)}\n`)
  await rename(`${file}.tmp`, file)
}

/** Each server's state by itself. */
const everyServer = ({ others = [], ...last }: TrackingState): ReadonlyArray<TrackingState> => [last, ...others]

/** How a run stands with this server, with the other servers behind it; undefined where it was never meant for it. */
export const stateFor = (known: TrackingState | undefined, run: string, uri: string): TrackingState | undefined => {
  if (known?.run !== run) return undefined
  const all = everyServer(known)
  const state = all.find((one) => one.uri === uri)
  return state && { ...state, others: all.filter((one) => one !== state) }
}

/** @param known of other servers, which it stands before */
export const freshState = (
  run: string,
  uri: string,
  experiment: string,
  known: TrackingState | undefined,
): TrackingState => ({
  format: 1,
  run,
  uri,
  experiment,
  experimentId: null,
  acknowledged: 0,
  runs: {},
  open: [],
  closed: false,
  refused: [],
  others: known?.run === run ? everyServer(known).filter((one) => one.uri !== uri) : [],
})
