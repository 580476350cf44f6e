// What the journal says and what the server has, in one form, so that a test can compare them: run by run, point by point.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SenderGiven } from '../Sender.ts'
import type { TrackingState } from '../TrackingState.ts'

type MlflowClient = SenderGiven['client']

/** label → metric → `step value timestamp`, sorted */
export type Points = Readonly<Record<string, Readonly<Record<string, ReadonlyArray<string>>>>>

interface Line {
  readonly _tag: string
  readonly label: string
  readonly name: string
  readonly step: number
  readonly value: number | { readonly $number: string }
  readonly at: number
}

const add = (points: Record<string, Record<string, string[]>>, label: string, key: string, point: string): void => {
  const of = (points[label] ??= {})
  ;(of[key] ??= []).push(point)
}
const sorted = (points: Record<string, Record<string, string[]>>): Points => {
  for (const of of Object.values(points)) for (const list of Object.values(of)) list.sort()
  return points
}

/** Read by other means than the tracker's own. */
export const journalPoints = (folder: string): Points => {
  const points: Record<string, Record<string, string[]>> = {}
  for (const text of readFileSync(join(folder, 'events.ndjson'), 'utf8').split('\n')) {
    if (!text.startsWith('{"_tag":"metric"') || !text.endsWith('}')) continue
    const { label, name, step, value, at } = JSON.parse(text) as Line
    add(points, label, name, `${step} ${typeof value === 'object' ? value.$number : value} ${at}`)
  }
  return sorted(points)
}

export const trackingState = (folder: string): TrackingState =>
  JSON.parse(readFileSync(join(folder, 'mlflow.json'), 'utf8')) as TrackingState

/** Of the stages of a run. */
export const serverPoints = async (client: MlflowClient, folder: string): Promise<Points> => {
  const points: Record<string, Record<string, string[]>> = {}
  for (const [label, id] of Object.entries(trackingState(folder).runs)) {
    if (label === '') continue
    const { metrics } = await client.getRun(id)
    for (const key of Object.keys(metrics))
      for (const { step, value, timestamp } of await client.metricHistory(id, key))
        add(points, label, key, `${step} ${value} ${timestamp}`)
  }
  return sorted(points)
}

/** `<run name> <status>` of every run of an experiment that belongs to a Radiograft run, sorted: none is there twice. */
export const serverRuns = async (client: MlflowClient, folder: string): Promise<ReadonlyArray<string>> => {
  const { experimentId, run } = trackingState(folder)
  const found: string[] = []
  const filter = `tags.\`radiograft.run\` = '${run}'`
  for await (const { name, status } of client.searchRuns({ experimentIds: [experimentId!], filter }))
    found.push(`${name === run ? 'pipeline' : name} ${status}`)
  return found.toSorted()
}
