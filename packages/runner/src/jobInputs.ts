// What a node reads, as its job is given it, as its manifest records it, and as a failure names it.
import { artefactBytes } from '@radiograft/artefact-store'
import type { Artefact, Manifest } from '@radiograft/artefact-store'
import type { AnyKind, AnyRef, ResolvedNode } from '@radiograft/pipeline'
import { listOf } from './Execution.ts'
import type { Job, JobInput } from './Job.ts'
import type { Plan } from './Plan.ts'

export const jobInputs = (node: ResolvedNode, known: ReadonlyMap<string, Manifest>): Job['inputs'] => {
  const artefactOf = (ref: AnyRef): Artefact => known.get(ref.node.identity)!.outputs[ref.port]!
  const kindOfRef = (ref: AnyRef): AnyKind => ({ kind: ref.kind.kind, storage: ref.kind.storage })
  return Object.fromEntries(
    Object.entries(node.inputs).map(([port, value]): [string, JobInput] => {
      if (Array.isArray(value)) {
        const refs = value as ReadonlyArray<AnyRef>
        const kind = refs[0] ? kindOfRef(refs[0]) : { kind: 'none', storage: { layout: 'json' } as const }
        return [port, { _tag: 'many', kind, artefacts: refs.map(artefactOf) }]
      }
      const ref = value as AnyRef
      return ref.node.dataset
        ? [port, { _tag: 'dataset', dataset: ref.node.dataset.value }]
        : [port, { _tag: 'artefact', kind: kindOfRef(ref), artefact: artefactOf(ref) }]
    }),
  )
}

export const provenanceOf = (
  node: ResolvedNode,
  plan: Plan,
  known: ReadonlyMap<string, Manifest>,
): Manifest['provenance'] =>
  Object.entries(node.inputs).flatMap(([port, value]) =>
    listOf(value).map((ref) => {
      if (ref.node.dataset) {
        const { name } = ref.node.dataset
        return { port, from: `dataset:${name}`, output: 'dataset', digest: plan.datasets[name]! }
      }
      const from = known.get(ref.node.identity)!
      return { port, from: from.key, output: ref.port, digest: from.outputs[ref.port]!.digest }
    }),
  )

const megabytes = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`

/** One line a port: `films: films, 800 rows, 26 MB`. */
export const describeInputs = (inputs: Job['inputs']): ReadonlyArray<string> => {
  const one = (artefact: Artefact): string =>
    `${artefact.kind}, ${artefact.rows} rows, ${megabytes(artefactBytes(artefact))}`
  return Object.entries(inputs).map(([port, input]) =>
    input._tag === 'dataset'
      ? `${port}: dataset ${input.dataset.layout}`
      : input._tag === 'artefact'
        ? `${port}: ${one(input.artefact)}`
        : `${port}: ${input.artefacts.length} of ${input.kind.kind}`,
  )
}
