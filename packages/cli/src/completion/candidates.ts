// What the shell offers for a value that only the workspace knows: pipelines, presets, runs, stages, ports, metrics. The
// completion scripts ask for it by `radiograft completion candidates <kind> <word>…`; nothing here may fail or be slow.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunRecord } from '@radiograft/artefact-store'
import type { Values } from '../arguments/parseArguments.ts'
import { isResolution } from '../compare/isResolution.ts'
import { findRun } from '../files/findRun.ts'
import { findPipelineFile, loadPipeline, pipelineNames } from '../files/pipelineFile.ts'
import { runIds } from '../files/runFolders.ts'
import type { MetricsRecord } from '../results/metricsRecord.ts'

interface Places {
  readonly root: string
  readonly runs: string
}

const json = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8')) as unknown

const recordOf = (name: string, { runs }: Places): RunRecord => json(join(findRun(name, runs), 'run.json')) as RunRecord

const stagesOf = (record: RunRecord): ReadonlyArray<string> => [
  ...new Set(record.nodes.flatMap(({ id, label }) => [id, label])),
]

/** A stage's ports are in its manifest; for what another stage reads, `run.json` would do, but not all are read. */
const portsOf = (record: RunRecord): ReadonlyArray<string> =>
  record.nodes.flatMap(({ label, key }) => {
    if (key === null) return []
    try {
      const { manifest } = json(join(record.store, 'manifests', `${key}.json`)) as {
        readonly manifest: { readonly outputs: Readonly<Record<string, unknown>> }
      }
      return Object.keys(manifest.outputs).map((port) => `${label}.${port}`)
    } catch {
      return []
    }
  })

const pipelineOf = async (name: string, { root }: Places) => loadPipeline(await findPipelineFile(name, root))

/** Words that are neither flags nor their values, by the table of their command. */
const positionals = async ([command = '', ...words]: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const { tables } = await import('../commands/tables.ts')
  const flags = (await tables[command]?.())?.flags ?? []
  const takesValue = (word: string): boolean =>
    flags.some(({ name, value }) => value !== undefined && word === `--${name}`)
  return words.filter((word, i) => !word.startsWith('-') && !takesValue(words[i - 1] ?? ''))
}

/** The pipeline whose presets and stages are meant: the first word, or for `profile` the one of its flag. */
const pipelineName = async (words: ReadonlyArray<string>, names: ReadonlyArray<string>): Promise<string> => {
  if (words[0] !== 'profile') return names[0] ?? ''
  const { profiledPipeline } = await import('../commands/profileTable.ts')
  const at = words.findIndex((word) => /^--pipeline(=|$)/.test(word))
  return (at < 0 ? undefined : (/^--pipeline=(.*)/.exec(words[at]!)?.[1] ?? words[at + 1])) ?? profiledPipeline
}

/** `words`: what was typed, from the command's name on. */
const known = async (
  kind: Exclude<Values, ReadonlyArray<string>>,
  words: ReadonlyArray<string>,
  places: Places,
): Promise<ReadonlyArray<string>> => {
  const names = await positionals(words)
  switch (kind) {
    case 'pipeline':
      return pipelineNames(places.root)
    case 'run':
      return ['latest', ...runIds(places.runs)]
    case 'preset':
      return Object.keys((await pipelineOf(await pipelineName(words, names), places)).presets as object)
    case 'stage': {
      const { resolvePipeline } = await import('@radiograft/pipeline')
      const { nodes } = resolvePipeline(await pipelineOf(await pipelineName(words, names), places))
      return [...new Set(nodes.flatMap(({ stage, id, label }) => (stage ? [id, label] : [])))]
    }
    case 'port': {
      const record = recordOf(names[0] ?? 'latest', places)
      return [...stagesOf(record), ...portsOf(record)]
    }
    case 'metric': {
      const record = json(join(findRun(names[0] ?? 'latest', places.runs), 'metrics.json')) as MetricsRecord
      const metrics = Object.keys(record).map((name) => name.slice(name.lastIndexOf('/') + 1))
      return [...new Set(metrics)].filter((metric) => !isResolution(metric))
    }
    case 'command':
      return Object.keys((await import('../commands/tables.ts')).tables)
    case 'folder':
    case 'file':
      return []
  }
}

/** Empty where nothing is known, such as for a run that is not there. */
export const candidates = async (
  kind: string,
  words: ReadonlyArray<string>,
  places: Places,
): Promise<ReadonlyArray<string>> => {
  try {
    return (await known(kind as Exclude<Values, ReadonlyArray<string>>, words, places)) ?? []
  } catch {
    return []
  }
}
