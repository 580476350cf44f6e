// A line of a run's journal → what it asks of the tracking server. Pure: all that is remembered between lines is which runs
// are open. A disk may have damaged any line: a run whose beginning cannot be read begins with the next line that names it.
import type { RunRecord, RunRecordNode } from '@radiograft/artefact-store'
import type { JournalLine } from '@radiograft/runner'
import type { RunStatus } from '../Run.ts'
import { mlflowName } from './mlflowName.ts'
import { pipeline } from './Operation.ts'
import type { Operation, RunLabel } from './Operation.ts'
import { beginPipeline } from './pipelineRun.ts'
import { beginStage, computedNote, datasetsOf, keptNote } from './stageRun.ts'

type Of<Tag extends JournalLine['_tag']> = Extract<JournalLine, { readonly _tag: Tag }>

const kept = (record: RunRecord, node: RunRecordNode, line: Of<'stage-done'>): ReadonlyArray<Operation> => {
  const { label, key, at, from } = line
  const run = from?.run ?? 'an earlier run'
  const metrics = Object.entries(from?.metrics ?? {})
  return [
    beginStage(record, node, { key, status: 'hit', note: keptNote(node, `computed by ${run}`), at }),
    ...metrics.map(([name, value]): Operation => ({
      _tag: 'point',
      label,
      point: { key: mlflowName(name), value, timestamp: at, step: 0 },
    })),
    { _tag: 'origin', label, key, run, note: keptNote(node, 'computed {origin}') },
    { _tag: 'figures', label, key, at },
    { _tag: 'end', label, status: 'FINISHED', at },
  ]
}

const computed = ({ label, key, seconds, at }: Of<'stage-done'>): ReadonlyArray<Operation> => [
  { _tag: 'tags', label, tags: { 'radiograft.status': 'computed', 'radiograft.seconds': seconds.toFixed(3) } },
  { _tag: 'figures', label, key, at },
  { _tag: 'end', label, status: 'FINISHED', at, seconds },
]

/**
 * Stages first, so that none is shown running below a run that has ended; report and figures last, so that a slow server
 * does not show for long as running what is over.
 */
const endAll = (
  { seconds }: RunRecord,
  open: ReadonlySet<RunLabel>,
  stages: RunStatus,
  own: RunStatus,
  at: number,
): ReadonlyArray<Operation> => [
  { _tag: 'results', at },
  ...[...open]
    .filter((label) => label !== pipeline)
    .map((label): Operation => ({ _tag: 'end', label, status: stages, at })),
  { _tag: 'end', label: pipeline, status: own, at, ...(seconds !== null && { seconds }) },
  { _tag: 'artifacts', at },
]

const lostPlan = (record: RunRecord, at: number): Operation => {
  const started = Date.parse(record.started)
  return beginPipeline(record, '', Number.isNaN(started) ? at : Math.min(started, at))
}

const lostStart = (record: RunRecord, node: RunRecordNode, key: string | null, at: number): Operation =>
  beginStage(record, node, {
    key: key ?? '',
    status: 'running',
    note: computedNote(node, 'the line that says so cannot be read in the journal'),
    at,
  })

/**
 * @param record run.json, of any moment of the run
 * @param open labels of the runs that were begun and have not ended, before this line
 */
export const operationsOf = (
  record: RunRecord,
  line: JournalLine,
  open: ReadonlySet<RunLabel>,
): ReadonlyArray<Operation> => {
  if (line._tag === 'plan') return [beginPipeline(record, line.commit ?? '', line.at)]
  const asked = askedBy(record, line, open)
  return asked.length === 0 || open.has(pipeline) ? asked : [lostPlan(record, line.at), ...asked]
}

const askedBy = (
  record: RunRecord,
  line: Exclude<JournalLine, Of<'plan'>>,
  open: ReadonlySet<RunLabel>,
): ReadonlyArray<Operation> => {
  const { at } = line
  const nodeOf = (label: string): RunRecordNode | undefined => record.nodes.find((node) => node.label === label)
  switch (line._tag) {
    case 'stage-start': {
      const node = nodeOf(line.label)
      if (!node) return []
      const { key, reason, continues } = line
      const note = computedNote(node, continues ? `${reason}; it goes on from what run ${continues.run} began` : reason)
      const begin = beginStage(record, node, { key, status: 'running', note, at })
      return [continues ? { ...begin, continues } : begin]
    }
    case 'resumed':
      return open.has(line.label) ? [{ _tag: 'resumed', label: line.label, step: line.step }] : []
    case 'metric': {
      const point = { key: mlflowName(line.name), value: line.value, timestamp: at, step: Math.round(line.step) }
      const asked: Operation = { _tag: 'point', label: line.label, point }
      if (open.has(line.label)) return [asked]
      const node = nodeOf(line.label)
      return node ? [lostStart(record, node, node.key, at), asked] : []
    }
    case 'stage-done': {
      const node = nodeOf(line.label)
      if (line.hit) return node ? kept(record, node, line) : []
      if (open.has(line.label)) return computed(line)
      const began = at - Math.round(1000 * line.seconds)
      return node ? [lostStart(record, node, line.key, began), ...computed(line)] : []
    }
    case 'stage-failed': {
      const { label, error: message } = line
      const node = nodeOf(label)
      if (!node && !open.has(label)) return []
      return [
        ...(node && !open.has(label) ? [lostStart(record, node, node.key, at)] : []),
        { _tag: 'tags', label, tags: { 'radiograft.status': 'failed' } },
        { _tag: 'error', label, message, readsDataset: node === undefined || datasetsOf(node).length > 0 },
        { _tag: 'end', label, status: 'FAILED', at },
      ]
    }
    case 'run-done':
      return endAll(record, open, 'FINISHED', 'FINISHED', at)
    case 'run-stopped': {
      if (line.status === 'interrupted') return endAll(record, open, 'KILLED', 'KILLED', at)
      const failed = record.nodes.filter(({ status }) => status === 'failed')
      const readsDataset = failed.length === 0 || failed.some((node) => datasetsOf(node).length > 0)
      return [
        { _tag: 'error', label: pipeline, message: line.error, readsDataset },
        ...endAll(record, open, 'KILLED', 'FAILED', at),
      ]
    }
    case 'progress':
    case 'checkpoint':
    case 'log':
    case 'warning':
      return []
  }
}
