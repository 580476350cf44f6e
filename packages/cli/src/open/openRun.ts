// A run for a script or a REPL: its record, its stages, and what they made, read by kind.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileStore, readRunRecord } from '@radiograft/artefact-store'
import type { KeyParts, Manifest, RunRecord, RunRecordNode, Store } from '@radiograft/artefact-store'
import { holdsPatients, UnknownNameError } from '@radiograft/pipeline'
import { patientPseudonyms } from '../data/pseudonyms.ts'
import type { MetricsRecord } from '../results/metricsRecord.ts'
import { commandLine } from '../text/commandLine.ts'
import { shellWords } from '../text/shellQuoted.ts'
import { checkRunRecord } from './checkRunRecord.ts'
import { RunRecordError, SeveralArmsError, StageNotKeptError } from './errors.ts'
import { openOutput } from './OpenOutput.ts'
import type { OpenOutput } from './OpenOutput.ts'
import { stageAndPort, stagesNamed } from './stageNamed.ts'

export interface OpenStage {
  /** unique in the run, such as `fit-detector[arm=attention]` */
  readonly label: string
  /** how it ended in this run, its parameters with their sources, where its inputs come from */
  readonly record: RunRecordNode
  /** why it was computed; for one that was kept, by which run it once was is in its manifest */
  readonly why: string
  /** What is beneath its result. Rejects with `StageNotKeptError`. */
  readonly manifest: () => Promise<Manifest>
  /** What its key is the hash of. */
  readonly keyParts: () => Promise<KeyParts>
  /** The last value of each metric that it emitted. */
  readonly metrics: () => Promise<Readonly<Record<string, number>>>
  readonly outputs: () => Promise<ReadonlyArray<OpenOutput>>
  /** Rejects with `UnknownNameError` for a port that it has not. */
  readonly output: (port: string) => Promise<OpenOutput>
}

export interface OpenRun {
  readonly folder: string
  readonly record: RunRecord
  readonly store: Store
  /** in the order of the run */
  readonly stages: ReadonlyArray<OpenStage>
  /** By label, or by an id that has one arm. Throws `UnknownNameError`, `SeveralArmsError`. */
  readonly stage: (name: string) => OpenStage
  /** All arms of an id. Throws `UnknownNameError`. */
  readonly arms: (id: string) => ReadonlyArray<OpenStage>
  /** `<stage>.<port>` */
  readonly output: (name: string) => Promise<OpenOutput>
  /** metrics.json; undefined where the run did not come to its end. */
  readonly metrics: () => MetricsRecord | undefined
}

export interface OpenRunOptions {
  /** where artefacts are kept. @default the store that the run names */
  readonly store?: string
  /** patients by pseudonyms, or by the ids that the data set gave them. @default 'pseudonyms', in clear for the phantom */
  readonly patients?: 'pseudonyms' | 'clear'
}

const recordOf = async (folder: string): Promise<RunRecord> => {
  try {
    return checkRunRecord(await readRunRecord(folder))
  } catch (cause) {
    throw new RunRecordError(folder, (cause as Error).message, { cause })
  }
}

const metricsOf = (folder: string): MetricsRecord | undefined => {
  try {
    return JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8')) as MetricsRecord
  } catch {
    return undefined
  }
}

/** How to come by a stage that has no result. */
const wayOn = (record: RunRecord): string =>
  `run the pipeline again: ${commandLine(record.command.length > 0 ? shellWords(record.command.slice(1)) : `run ${record.pipeline}`)}`

/**
 * `folder`: a run folder, such as `.radiograft/runs/latest`. Rejects with `RunRecordError`.
 * @example (await openRun('.radiograft/runs/latest')).stage('split').output('split')
 */
export const openRun = async (folder: string, options: OpenRunOptions = {}): Promise<OpenRun> => {
  const path = resolve(folder)
  const record = await recordOf(path)
  const store = fileStore(options.store ?? record.store)
  const phantom = !Object.values(record.datasets).some(holdsPatients)
  let known: ((patient: string) => string) | undefined
  // the secret is made only where there is a patient to name
  const pseudonym =
    phantom || options.patients === 'clear'
      ? undefined
      : (patient: string): string => (known ??= patientPseudonyms(store.location))(patient)

  const open = (node: RunRecordNode): OpenStage => {
    let manifest: Promise<Manifest> | undefined
    const find = async (): Promise<Manifest> => {
      if (node.key === null) throw new StageNotKeptError(node.label, node.status, `${wayOn(record)}.`)
      const found = await store.manifests.get(node.key)
      if (!found)
        throw new StageNotKeptError(
          node.label,
          node.status,
          `the store ${store.location} has no manifest ${node.key.slice(0, 12)}; ${wayOn(record)}.`,
        )
      return found
    }
    const once = (): Promise<Manifest> => (manifest ??= find())
    const outputs = async (): Promise<ReadonlyArray<OpenOutput>> =>
      Object.entries((await once()).outputs).map(([port, artefact]) =>
        openOutput({ store, stage: node.label, port, artefact, pseudonym }),
      )
    return {
      label: node.label,
      record: node,
      why: node.reason,
      manifest: once,
      keyParts: async () => (await once()).keyParts,
      metrics: async () => (await once()).metrics,
      outputs,
      output: async (port) => {
        const all = await outputs()
        const found = all.find((one) => one.port === port)
        if (found) return found
        throw new UnknownNameError(
          `output of '${node.label}'`,
          port,
          all.map((one) => one.port),
        )
      },
    }
  }
  const stages = record.nodes.map(open)
  const openOf = (nodes: ReadonlyArray<RunRecordNode>): ReadonlyArray<OpenStage> =>
    nodes.map(({ label }) => stages.find((stage) => stage.label === label)!)
  const single = (given: string, nodes: ReadonlyArray<RunRecordNode>): OpenStage => {
    if (nodes.length > 1)
      throw new SeveralArmsError(
        given,
        nodes.map(({ label }) => label),
      )
    return openOf(nodes)[0]!
  }
  return {
    folder: path,
    record,
    store,
    stages,
    stage: (name) => single(name, stagesNamed(record.nodes, name)),
    arms: (id) => openOf(stagesNamed(record.nodes, id)),
    output: async (name) => {
      const { nodes, port } = stageAndPort(record.nodes, name)
      const stage = single(name, nodes)
      if (port === undefined)
        throw new UnknownNameError(
          `output of '${stage.label}'`,
          '',
          (await stage.outputs()).map((one) => one.port),
        )
      return stage.output(port)
    },
    metrics: () => metricsOf(path),
  }
}
