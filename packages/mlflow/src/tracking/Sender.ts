// Sends the journal of one run, a piece a step, and writes down what was acknowledged. Used while a run goes on, and later.
import { readRunRecord } from '@radiograft/artefact-store'
import type { MlflowClient } from '../MlflowClient.ts'
import { makeDelivery } from './Delivery.ts'
import { isEnd, journalLines, readJournal } from './Journal.ts'
import { pipeline } from './Operation.ts'
import { operationsOf } from './operationsOf.ts'
import type { Privacy } from './Privacy.ts'
import { writeState } from './TrackingState.ts'
import type { TrackingState } from './TrackingState.ts'

export interface SenderGiven {
  readonly client: MlflowClient
  readonly folder: string
  readonly privacy: Privacy
  readonly state: TrackingState
  /** where the artefacts are, if not where run.json says */
  readonly store?: string | undefined
}

export interface Sender {
  /**
   * Sends the next piece; answers whether the journal's end was reached. Rejects with the client's errors, and can then be
   * called again. @param withEnd false: the run's last line waits, because what belongs to it is still being written
   */
  readonly step: (withEnd: boolean) => Promise<'more' | 'end'>
  readonly state: () => TrackingState
  /** page of the pipeline's run, once there is one */
  readonly address: () => string | undefined
}

/** What was refused is kept in few words: a server that refuses everything must not fill the disk. */
const mostRefused = 20

export const makeSender = ({ client, folder, privacy, state: before, store }: SenderGiven): Sender => {
  let state = before
  let learnt = false

  /** Of stages that were done in what was acknowledged earlier. */
  const learnAgain = async (): Promise<void> => {
    for await (const line of journalLines(folder, 0, state.acknowledged))
      if (line._tag === 'stage-done') await privacy.learn(line.key)
    learnt = true
  }

  const step: Sender['step'] = async (withEnd) => {
    if (!learnt) await learnAgain()
    const { entries, next, atEnd } = await readJournal(folder, state.acknowledged)
    const end = entries.find(({ line }) => isEnd(line))
    const held = end !== undefined && !withEnd
    const taken = held ? entries.filter(({ from }) => from < end.from) : entries
    const until = held ? end.from : next
    if (until === state.acknowledged) return 'end'

    if (taken.length > 0) {
      const experimentId = state.experimentId ?? (await client.experiment(state.experiment))
      state = { ...state, experimentId }
      const written = await readRunRecord(folder)
      const record = store === undefined ? written : { ...written, store }
      const refused = [...state.refused]
      // a piece that fails half-way is sent again from its beginning: `open` is then what it was there
      const open = new Set(state.open)
      const runs = new Map(Object.entries(state.runs))
      const onRefused = (what: string): void => void (refused.length < mostRefused && refused.push(what))
      const delivery = makeDelivery({ client, folder, privacy, experimentId, runs, onRefused })
      try {
        for (const { line } of taken) {
          if (line._tag === 'stage-done') await privacy.learn(line.key)
          for (const operation of operationsOf(record, line, open)) {
            await delivery.deliver(record, operation)
            if (operation._tag === 'begin') open.add(operation.label)
            if (operation._tag === 'end') open.delete(operation.label)
          }
        }
        await delivery.flush()
        state = { ...state, open: [...open], closed: end !== undefined && !held }
      } finally {
        state = { ...state, runs: Object.fromEntries(runs), refused }
      }
    }
    state = { ...state, acknowledged: until }
    await writeState(folder, state)
    return held || atEnd ? 'end' : 'more'
  }
  return {
    step,
    state: () => state,
    address: () => {
      const id = state.runs[pipeline]
      return id === undefined ? undefined : `${client.uri}/#/experiments/${state.experimentId}/runs/${id}`
    },
  }
}
