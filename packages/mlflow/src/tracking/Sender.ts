// Sends the journal of one run, a piece a step, and writes down what was acknowledged. Used while a run goes on, and later.
import { readRunRecord } from '@radiograft/artefact-store'
import type { MlflowClient } from '../MlflowClient.ts'
import { eachOf } from './eachOf.ts'
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
  /** nobody has sent any of it to this server before: its runs are made without being looked for. @default false */
  readonly isNew?: boolean
  /** sends what is unsent of an earlier run; rejects where that has to be tried again */
  readonly settleRun: (run: string) => Promise<void>
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

/** Points a step: as many as MLflow takes in a request. */
const mostPoints = 1000
/** Kept stages a step at the end of a run, and while others compute; of these under way at a time. */
const mostKept = 24
const mostKeptMeanwhile = 3
const atOnce = 6
/** Of either, when a server is slow or breaks off. */
const leastShare = 1 / 20

const isKept = ({ line }: JournalEntry): boolean => line._tag === 'stage-done' && line.hit

/**
 * Of the entries to send, those up to the first that is more than a point, or the next kept stages: what a step loses when it
 * fails is little. @param share of the most that a step takes
 */
const oneStep = (
  entries: ReadonlyArray<JournalEntry>,
  share: number,
  keptMost: number,
): ReadonlyArray<JournalEntry> => {
  const upTo = (wanted: (entry: JournalEntry) => boolean): number => {
    const end = entries.findIndex((entry) => !wanted(entry))
    return end < 0 ? entries.length : end
  }
  const kept = upTo(isKept)
  if (kept > 0) return entries.slice(0, Math.min(kept, Math.ceil(keptMost * share)))
  return entries.slice(0, Math.min(upTo(({ line }) => line._tag === 'metric') + 1, Math.ceil(mostPoints * share)))
}

export const makeSender = (given: SenderGiven): Sender => {
  const { client, folder, privacy, state: before, store, isNew = false, settleRun } = given
  let state = before
  let learnt = false
  let share = 1
  /** offset behind the last entry that was tried: a run of it may have been made though nobody heard of it */
  let tried = isNew ? 0 : Number.POSITIVE_INFINITY
  let delivery: Delivery | undefined
  const runs = new Map(Object.entries(before.runs))
  const continued = new Map(Object.entries(before.continued ?? {}))

  const connect = async (): Promise<Delivery> => {
    const experimentId = state.experimentId ?? (await client.experiment(state.experiment))
    state = { ...state, experimentId }
    const onRefused = (what: string): void => {
      if (state.refused.length < mostRefused) state = { ...state, refused: [...state.refused, what] }
    }
    return makeDelivery({ client, folder, privacy, experimentId, runs, onRefused, continued, settleRun })
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
    const triedBefore = tried
    tried = Math.max(tried, entries.at(-1)!.to)
    const carryOut = async ({ line, from }: JournalEntry): Promise<void> => {
      for (const operation of operationsOf(record, line, open)) {
        await deliver(record, operation, from >= triedBefore)
        if (operation._tag === 'begin') open.add(operation.label)
        if (operation._tag === 'end') open.delete(operation.label)
      }
    }
    try {
      for (const { line } of entries) if (line._tag === 'stage-done') await privacy.learn(line.key)
      // kept stages have nothing to do with each other but the run above them; anything else follows on what came before
      await eachOf(entries, isKept(entries[0]!) && open.has(pipeline) ? atOnce : 1, carryOut)
      await flush()
    } finally {
      drop()
      state = {
        ...state,
        runs: Object.fromEntries(runs),
        ...(continued.size > 0 && { continued: Object.fromEntries(continued) }),
      }
    }
    state = { ...state, open: [...open], closed: entries.some(({ line }) => isEnd(line)) }
  }

  /** A full disk keeps nothing from the server: it is written once there is room. */
  let unwritten = false
  const write = async (): Promise<void> => {
    unwritten = true
    await writeState(folder, state)
    unwritten = false
  }

  const step: Sender['step'] = async (withEnd) => {
    if (!learnt) await learnAgain()
    const { entries, next, atEnd } = await readJournal(folder, state.acknowledged)
    const held = withEnd ? undefined : entries.find(({ line }) => isEnd(line))
    const ready = held ? entries.filter(({ from }) => from < held.from) : entries
    const taken = oneStep(ready, share, withEnd ? mostKept : mostKeptMeanwhile)
    const all = taken.length === ready.length
    const until = all ? (held?.from ?? next) : taken.at(-1)!.to
    if (until === state.acknowledged) {
      if (unwritten) await write()
      return 'end'
    }
    if (taken.length > 0) {
      const most = share
      share = Math.max(leastShare, most / 2)
      await send(taken)
      share = Math.min(1, most * 2)
    }
    state = { ...state, acknowledged: until }
    await write()
    return all && (held !== undefined || atEnd) ? 'end' : 'more'
  }
  return {
    step,
    state: () => state,
    address: () => {
      const id = state.runs[pipeline]
      // without this MLflow opens its pages for language models, which do not show charts
      return id === undefined
        ? undefined
        : `${client.uri}/#/experiments/${state.experimentId}/runs/${id}?workflowType=machine_learning`
    },
  }
}
