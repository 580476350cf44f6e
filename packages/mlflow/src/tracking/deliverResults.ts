// What the command wrote into the run folder at the end, into the pipeline's run: metrics, run.json, the report, figures.
import { fileManifests } from '@radiograft/artefact-store'
import type { RunRecord } from '@radiograft/artefact-store'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeliveryGiven } from './Delivery.ts'
import { sendFigures } from './deliverFigures.ts'
import { folderFigures } from './figuresOf.ts'
import { mlflowName } from './mlflowName.ts'
import { pipeline } from './Operation.ts'
import { reducedRecord } from './reducedRecord.ts'
import { resultPoints } from './resultPoints.ts'
import type { ResultMetrics } from './resultPoints.ts'

const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)

/** Undefined for a file that was cut short. */
const metricsOf = (text: string): ResultMetrics | undefined => {
  try {
    return JSON.parse(text) as ResultMetrics
  } catch {
    return undefined
  }
}

/** The page, and the pictures beside it: names relative to the report's folder. */
const reportFiles = async (folder: string): Promise<ReadonlyArray<string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
}

/** Files on their way at a time: a report may have hundreds of small pictures. */
const atOnce = 4

const mediaTypes: Readonly<Record<string, string>> = { html: 'text/html', png: 'image/png' }

export const deliverMetrics = async (
  { client, folder, privacy: { clean }, runs }: DeliveryGiven,
  record: RunRecord,
  at: number,
): Promise<void> => {
  const id = runs.get(pipeline)!
  const run = await client.getRun(id)
  const metricsText = await textOf(join(folder, 'metrics.json'))
  const metrics = metricsText === undefined ? undefined : metricsOf(metricsText)
  if (metricsText !== undefined && metrics) {
    const points = resultPoints(metrics, at)
    await client.logBatch(id, { metrics: points.map((point) => ({ ...point, key: mlflowName(clean(point.key)) })) })
    await client.putArtifact(run, 'metrics.json', clean(metricsText), 'application/json')
  }
  await client.putArtifact(run, 'run.json', clean(reducedRecord(record)), 'application/json')
}

/** Says why report and figures are not there; empty once they are. */
export const withheldTag = 'radiograft.withheld'

/** Whether there is anything to keep back: files of the run, or maybe figures of a store that is away. */
const hasArtifacts = async (folder: string, record: RunRecord, pages: ReadonlyArray<string>): Promise<boolean> => {
  if (pages.length > 0 || !existsSync(record.store)) return true
  for await (const _ of folderFigures(folder, record)) return true
  return false
}

export const deliverArtifacts = async (
  { client, folder, privacy, runs }: DeliveryGiven,
  record: RunRecord,
  at: number,
): Promise<void> => {
  const { clean } = privacy
  const id = runs.get(pipeline)!
  const report = join(folder, 'report')
  const pages = await reportFiles(report)
  if (privacy.whom() === 'unknown') {
    if (!(await hasArtifacts(folder, record, pages))) return
    const why =
      'figures and report are kept in the run folder: the store is not here that knows whom they must not name'
    return client.setTags(id, { [withheldTag]: why })
  }
  const run = await client.getRun(id)
  const sendPage = async (name: string): Promise<void> => {
    const mediaType = mediaTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
    const bytes = await readFile(join(report, name)).catch(() => undefined)
    if (!bytes) return
    const data = mediaType === 'text/html' ? clean(bytes.toString('utf8')) : bytes
    await client.putArtifact(run, `report/${name}`, data, mediaType)
  }
  for (let i = 0; i < pages.length; i += atOnce) await Promise.all(pages.slice(i, i + atOnce).map(sendPage))
  const drawn = new Set<string>()
  for (const { node } of Object.values(record.results).flat()) if (!(await isInStore(record, node))) drawn.add(node)
  for await (const { label, figure } of folderFigures(folder, record)) {
    await sendFigures({ client, clean, runId: id, figures: [figure], at })
    // those whose manifest is in the store went out when their stage was done
    const stage = drawn.has(label) ? runs.get(label) : undefined
    if (stage !== undefined) await sendFigures({ client, clean, runId: stage, figures: [figure], at })
  }
  if (run.tags[withheldTag]) await client.setTags(id, { [withheldTag]: '' })
}

const isInStore = async ({ store, nodes }: RunRecord, label: string): Promise<boolean> => {
  const key = nodes.find((node) => node.label === label)?.key
  return key !== null && key !== undefined && (await fileManifests(store).get(key)) !== undefined
}
