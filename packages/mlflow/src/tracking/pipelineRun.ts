// The pipeline's run as MLflow shows it: what was resolved before any work. From run.json and the journal's first line.
import type { RunRecord } from '@radiograft/artefact-store'
import type { DatasetInput } from '../Run.ts'
import { mlflowName } from './mlflowName.ts'
import { pipeline } from './Operation.ts'
import type { Operation } from './Operation.ts'
import { parameterTable } from './parameterTable.ts'

/** MLflow's limit. */
const digestLength = 36

const isParameter = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

/** A value as a person writes it. */
export const valueText = (value: unknown): string =>
  isParameter(value) ? String(value) : (JSON.stringify(value) ?? '')

/** The dataset without its folder, whose path may hold a name. The phantom has no digest: its stage's parameters make it. */
export const datasetInput = (
  name: string,
  { layout, digest }: RunRecord['datasets'][string],
  context: string,
): DatasetInput => ({
  name,
  digest: (digest || layout).slice(0, digestLength),
  sourceType: 'radiograft',
  source: { layout },
  profile: { layout, ...(digest !== '' && { sha256: digest }) },
  context,
})

const noteOf = (record: RunRecord): string => {
  const axes = Object.entries(record.axes).map(([name, values]) => `${name} ${values.join(', ')}`)
  const data = Object.entries(record.datasets).map(([name, { layout }]) => `${name}: ${layout}`)
  return [
    record.doc,
    '',
    `Preset ${record.preset}, seed ${record.seed}.${axes.length > 0 ? ` Axes: ${axes.join('; ')}.` : ''}${
      data.length > 0 ? ` Data: ${data.join('; ')}.` : ''
    } Each stage is a run below this one; the report is report/index.html under Artifacts.`,
    '',
    ...parameterTable(
      record.params.map(({ name, value, source, doc }) => ({ name, value: String(value), source, doc })),
    ),
  ].join('\n')
}

/** What both the pipeline's run and those of its stages carry. */
export const sharedTags = (record: RunRecord): Readonly<Record<string, string>> => ({
  'radiograft.run': record.run,
  'radiograft.pipeline': record.pipeline,
  'mlflow.source.name': `radiograft run ${record.pipeline}`,
  'mlflow.source.type': 'LOCAL',
})

/** @param commit of the workspace's code; empty where unknown */
export const beginPipeline = (record: RunRecord, commit: string, at: number): Operation => {
  const { cpu, threads, arch, platform } = record.fingerprint
  const versions = Object.entries(record.versions).map(([name, version]) => `${name} ${version}`)
  const ours = {
    preset: record.preset,
    seed: String(record.seed),
    ...Object.fromEntries(Object.entries(record.axes).map(([name, values]) => [`axis.${name}`, values.join(', ')])),
    ...Object.fromEntries(Object.entries(record.datasets).map(([name, { layout }]) => [`data.${name}`, layout])),
  }
  const params = { ...ours, ...Object.fromEntries(record.params.map(({ name, value }) => [name, String(value)])) }
  return {
    _tag: 'begin',
    label: pipeline,
    name: record.run,
    at,
    tags: {
      ...sharedTags(record),
      ...(commit !== '' && { 'mlflow.source.git.commit': commit }),
      'radiograft.preset': record.preset,
      'radiograft.machine': `${cpu}, ${threads} ${threads === 1 ? 'thread' : 'threads'}, ${arch}, ${platform}`,
      'radiograft.versions': versions.join(', '),
      'mlflow.note.content': noteOf(record),
    },
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [mlflowName(name), value])),
    datasets: Object.entries(record.datasets).map(([name, dataset]) => datasetInput(name, dataset, 'pipeline')),
  }
}
