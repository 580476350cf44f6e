// A stage's run as MLflow shows it, below the pipeline's. From its node in run.json and the journal's line.
import type { RunRecord, RunRecordNode } from '@radiograft/artefact-store'
import { mlflowName } from './mlflowName.ts'
import type { Operation } from './Operation.ts'
import { parameterTable } from './parameterTable.ts'
import { datasetInput, sharedTags, valueText } from './pipelineRun.ts'

const datasetPrefix = 'dataset:'

/** Names of the datasets that a node reads from its own ports. */
export const datasetsOf = (node: RunRecordNode): ReadonlyArray<string> =>
  Object.values(node.inputs)
    .flat()
    .filter((from) => from.startsWith(datasetPrefix))
    .map((from) => from.slice(datasetPrefix.length))

const noteOf = (node: RunRecordNode, why: string): string =>
  [
    node.doc,
    '',
    why,
    '',
    ...parameterTable(
      Object.entries(node.params).map(([name, value]) => ({
        name,
        value: valueText(value),
        source: node.paramSources[name] ?? 'default',
      })),
    ),
  ].join('\n')

export const computedNote = (node: RunRecordNode, reason: string): string =>
  noteOf(node, `Computed in this run. Why: ${reason}.`)
/** @param origin where it was computed, as markdown */
export const keptNote = (node: RunRecordNode, origin: string): string =>
  noteOf(node, `Kept, not computed again: ${origin}.`)

/** @param status in the words of run.json */
export const beginStage = (
  record: RunRecord,
  node: RunRecordNode,
  given: { readonly key: string; readonly status: 'running' | 'hit'; readonly note: string; readonly at: number },
): Extract<Operation, { readonly _tag: 'begin' }> => ({
  _tag: 'begin',
  label: node.label,
  name: node.label,
  at: given.at,
  tags: {
    ...sharedTags(record),
    'radiograft.key': given.key,
    'radiograft.stage': node.stage,
    'radiograft.label': node.label,
    'radiograft.status': given.status,
    'radiograft.param_sources': JSON.stringify(node.paramSources),
    'mlflow.note.content': given.note,
  },
  params: Object.fromEntries(Object.entries(node.params).map(([name, value]) => [mlflowName(name), valueText(value)])),
  datasets: datasetsOf(node).flatMap((name) => {
    const dataset = record.datasets[name]
    return dataset ? [datasetInput(name, dataset, node.label)] : []
  }),
})
