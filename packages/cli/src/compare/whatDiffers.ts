// What two runs differ in: settings, data, versions, and by stage what its key was made from, part by part.
import type { Manifest } from '@radiograft/artefact-store'
import { Cohort } from '@radiograft/pipeline'
import type { OpenRun } from '../open/openRun.ts'

export interface Change {
  readonly name: string
  /** undefined where the run has no such thing */
  readonly a: unknown
  readonly b: unknown
}

export interface StageChange {
  /** labels of the stages that differ in this way */
  readonly stages: ReadonlyArray<string>
  readonly params: ReadonlyArray<Change>
  /** modules of its code that were changed, added or taken away; empty where the code is the same */
  readonly modules: ReadonlyArray<string>
  /** other code, though the modules are the same: bundled otherwise */
  readonly code: boolean
  /** npm packages beneath it */
  readonly packages: ReadonlyArray<Change>
  readonly runtime: ReadonlyArray<Change>
}

export interface RunDifferences {
  readonly settings: ReadonlyArray<Change>
  readonly data: ReadonlyArray<Change>
  /** stages of other keys that make films from a dataset or from nothing */
  readonly sources: ReadonlyArray<string>
  /** node, machine, threads: not keyed, but bytes may depend on them */
  readonly surroundings: ReadonlyArray<Change>
  readonly stages: ReadonlyArray<StageChange>
  /** stages that differ in nothing of their own, only in what they read */
  readonly onlyInputs: ReadonlyArray<string>
  /** stages of one key: the same result */
  readonly same: ReadonlyArray<string>
  readonly onlyA: ReadonlyArray<string>
  readonly onlyB: ReadonlyArray<string>
  /** not compared: not reached, failed, or no longer in the store */
  readonly unknown: ReadonlyArray<string>
}

type Values = Readonly<Record<string, unknown>>

const changes = (a: Values, b: Values): ReadonlyArray<Change> =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
    .map((name) => ({ name, a: a[name], b: b[name] }))

const settingsOf = ({ record }: OpenRun): Values => ({
  pipeline: record.pipeline,
  preset: record.preset,
  seed: record.seed,
  ...Object.fromEntries(record.params.map(({ name, value }) => [name, value])),
  ...Object.fromEntries(Object.entries(record.axes).map(([name, values]) => [`axis ${name}`, values])),
})

const dataOf = ({ record }: OpenRun): Values =>
  Object.fromEntries(
    Object.entries(record.datasets).map(([name, { layout, digest }]) => [name, `${layout} ${digest.slice(0, 12)}`]),
  )

const surroundingsOf = ({ record }: OpenRun): Values => ({
  node: record.versions['node'],
  cpu: record.fingerprint.cpu,
  threads: record.fingerprint.threads,
  platform: `${record.fingerprint.platform} ${record.fingerprint.arch}`,
  kernels: record.fingerprint.kernels,
})

/** Packages by name; copies nested in others, and types, tell nobody anything. */
const packagesOf = ({ versions }: Manifest): Values =>
  Object.fromEntries(
    Object.entries(versions).filter(([name]) => name !== 'node' && !/\/node_modules\/|^@types\//.test(name)),
  )

const own = (a: Manifest, b: Manifest): Omit<StageChange, 'stages'> => {
  const [before, after] = [a.keyParts, b.keyParts]
  const code = before.code !== after.code
  return {
    params: changes(before.params, after.params),
    modules: code ? changes(a.modules, b.modules).map(({ name }) => name) : [],
    code,
    packages: before.externals === after.externals ? [] : changes(packagesOf(a), packagesOf(b)),
    runtime: changes(before.runtime ?? {}, after.runtime ?? {}),
  }
}

const isSource = ({ provenance, outputs }: Manifest): boolean =>
  provenance.every(({ from }) => from.startsWith('dataset:')) &&
  Object.values(outputs).some(({ kind }) => kind === Cohort.kind)

const manifestOf = async (run: OpenRun, label: string): Promise<Manifest | undefined> => {
  const { key } = run.stage(label).record
  return key === null ? undefined : run.store.manifests.get(key)
}

export const whatDiffers = async (a: OpenRun, b: OpenRun): Promise<RunDifferences> => {
  const [inA, inB] = [a, b].map((run) => new Set(run.stages.map(({ label }) => label))) as [Set<string>, Set<string>]
  const common = [...inA].filter((label) => inB.has(label))
  const byChange = new Map<string, StageChange>()
  const [onlyInputs, same, unknown, sources]: [string[], string[], string[], string[]] = [[], [], [], []]
  for (const label of common) {
    const [ofA, ofB] = [await manifestOf(a, label), await manifestOf(b, label)]
    if (!ofA || !ofB) unknown.push(label)
    else if (ofA.key === ofB.key) same.push(label)
    else {
      if (isSource(ofA) && isSource(ofB)) sources.push(label)
      const change = own(ofA, ofB)
      const none = change.params.length + change.packages.length + change.runtime.length === 0 && !change.code
      if (none) onlyInputs.push(label)
      else {
        const text = JSON.stringify(change)
        byChange.set(text, { ...change, stages: [...(byChange.get(text)?.stages ?? []), label] })
      }
    }
  }
  return {
    settings: changes(settingsOf(a), settingsOf(b)),
    data: changes(dataOf(a), dataOf(b)),
    sources,
    surroundings: changes(surroundingsOf(a), surroundingsOf(b)),
    stages: [...byChange.values()],
    onlyInputs,
    same,
    onlyA: [...inA].filter((label) => !inB.has(label)),
    onlyB: [...inB].filter((label) => !inA.has(label)),
    unknown,
  }
}
