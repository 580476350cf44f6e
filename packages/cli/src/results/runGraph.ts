// A finished run as a graph of stages with what each left: what the cards of the report are gathered from.
import type { Artefact, Manifest } from '@radiograft/artefact-store'
import type { AnyRef, ResolvedNode } from '@radiograft/pipeline'
import type { Plan, RunResult } from '@radiograft/runner'
import type { Store } from '@radiograft/artefact-store'

export interface RunNode {
  readonly label: string
  readonly node: ResolvedNode
  readonly manifest: Manifest
  readonly inputs: ReadonlyArray<RunInput>
}

/** One artefact that a stage read. */
interface RunInput {
  readonly port: string
  /** label of the stage that made it; `dataset:<name>` for a data set */
  readonly from: string
  readonly kind: string
  /** undefined for a data set */
  readonly artefact: Artefact | undefined
}

export interface RunGraph {
  /** inputs before users */
  readonly nodes: ReadonlyArray<RunNode>
  readonly byLabel: ReadonlyMap<string, RunNode>
  /** labels of all stages that a stage's values come from, itself among them. Provenance is a list of names, not values */
  readonly behind: (label: string) => ReadonlySet<string>
  /** of the artefacts of a kind that a stage reads, else of those that its inputs read, the first */
  readonly nearest: (label: string, kind: string) => Artefact | undefined
}

export const runGraph = async (store: Store, plan: Plan, { record }: RunResult): Promise<RunGraph> => {
  // a hit brings its manifest along
  const planned = new Map(
    plan.nodes.flatMap(({ status }) => (status._tag === 'hit' ? [[status.key, status.manifest] as const] : [])),
  )
  const resolved = new Map(plan.pipeline.nodes.map((node) => [node.label, node]))
  const labelOf = new Map(plan.pipeline.nodes.map(({ identity, label }) => [identity, label]))
  const byLabel = new Map<string, RunNode>()
  const inputOf = (port: string, ref: AnyRef): RunInput => {
    const { dataset } = ref.node
    const from = dataset ? `dataset:${dataset.name}` : labelOf.get(ref.node.identity)!
    const kind = (ref.kind as { readonly kind: string }).kind
    return { port, from, kind, artefact: byLabel.get(from)?.manifest.outputs[ref.port] }
  }
  for (const { label, key } of record.nodes) {
    const node = resolved.get(label)
    const manifest = key === null ? undefined : (planned.get(key) ?? (await store.manifests.get(key)))
    if (!node || !manifest) continue
    const inputs = Object.entries(node.inputs).flatMap(([port, refs]) =>
      [refs].flat().map((ref: AnyRef) => inputOf(port, ref)),
    )
    byLabel.set(label, { label, node, manifest, inputs })
  }

  const known = new Map<string, ReadonlySet<string>>()
  const behind = (label: string): ReadonlySet<string> => {
    const before = known.get(label)
    if (before) return before
    const read = (byLabel.get(label)?.inputs ?? []).filter(({ kind }) => kind !== 'provenance')
    const all = new Set([label, ...read.flatMap(({ from }) => [...behind(from)])])
    known.set(label, all)
    return all
  }
  const nearest = (label: string, kind: string): Artefact | undefined => {
    const queue = [label]
    for (const at of queue) {
      const inputs = byLabel.get(at)?.inputs ?? []
      const found = inputs.find((one) => one.kind === kind)?.artefact
      if (found) return found
      queue.push(...inputs.map(({ from }) => from).filter((from) => !queue.includes(from)))
    }
    return undefined
  }
  return { nodes: [...byLabel.values()], byLabel, behind, nearest }
}
