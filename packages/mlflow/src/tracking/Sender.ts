// Sends the journal of one run, a piece a step, and writes down what was acknowledged. Used while a run goes on, and later.
import { readRunRecord } from '@radiograft/artefact-store'
import type { MlflowClient } from '../MlflowClient.ts'
import { makeDelivery } from './Delivery.ts'
import type { Delivery } from './Delivery.ts'
import { isEnd, journalLines, readJournal } from './Journal.ts'
import type { JournalEntry } from './Journal.ts'
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

/** Points a step: as many as MLflow takes in a request, fewer for a while when a server is slow or breaks off. */
const mostPoints = 1000
const fewestPoints = 50

/** Of the entries to send, those up to the first that is more than a point: what a step loses when it fails is little. */
const oneStep = (entries: ReadonlyArray<JournalEntry>, points: number): ReadonlyArray<JournalEntry> => {
  const first = entries.findIndex(({ line }) => line._tag !== 'metric')
  return entries.slice(0, Math.min(first < 0 ? entries.length : first + 1, points))
}

export const makeSender = ({ client, folder, privacy, state: before, store }: SenderGiven): Sender => {
  let state = before
  let learnt = false
  let points = mostPoints
  let delivery: Delivery | undefined
  const runs = new Map(Object.entries(before.runs))

  const connect = async (): Promise<Delivery> => {
    const experimentId = state.experimentId ?? (await client.experiment(state.experiment))
    state = { ...state, experimentId }
    const onRefused = (what: string): void => {
      if (state.refused.length < mostRefused) state = { ...state, refused: [...state.refused, what] }
    }
    return makeDelivery({ client, folder, privacy, experimentId, runs, onRefused })
  }

  /** Of stages that were done in what was acknowledged earlier. */
  const learnAgain = async (): Promise<void> => {
    for await (const line of journalLines(folder, 0, state.acknowledged))
      if (line._tag === 'stage-done') await privacy.learn(line.key)
    learnt = true
  }

  const send = async (entries: ReadonlyArray<JournalEntry>): Promise<void> => {
    const { deliver, flush, drop } = (delivery ??= await connect())
    const written = await readRunRecord(folder)
    const record = store === undefined ? written : { ...written, store }
    // entries that fail half-way are sent again from the first: `open` is then what it was there
    const open = new Set(state.open)
    try {
      for (const { line } of entries) {
        if (line._tag === 'stage-done') await privacy.learn(line.key)
        for (const operation of operationsOf(record, line, open)) {
          await deliver(record, operation)
          if (operation._tag === 'begin') open.add(operation.label)
          if (operation._tag === 'end') open.delete(operation.label)
        }
      }
      await flush()
    } finally {
      drop()
      state = { ...state, runs: Object.fromEntries(runs) }
    }
    state = { ...state, open: [...open], closed: entries.some(({ line }) => isEnd(line)) }
  }

  const step: Sender['step'] = async (withEnd) => {
    if (!learnt) await learnAgain()
    const { entries, next, atEnd } = await readJournal(folder, state.acknowledged)
    const held = withEnd ? undefined : entries.find(({ line }) => isEnd(line))
    const ready = held ? entries.filter(({ from }) => from < held.from) : entries
    const taken = oneStep(ready, points)
    const all = taken.length === ready.length
    const until = all ? (held?.from ?? next) : taken.at(-1)!.to
    if (until === state.acknowledged) return 'end'
    if (taken.length > 0) {
      const most = points
      points = Math.max(fewestPoints, most >> 1)
      await send(taken)
      points = Math.min(mostPoints, most * 2)
    }
    state = { ...state, acknowledged: until }
    await writeState(folder, state)
    return all && (held !== undefined || atEnd) ? 'end' : 'more'
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
