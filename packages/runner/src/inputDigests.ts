// What a node's inputs are in terms of content: the digest that each port contributes to the key.
import type { Manifest } from '@radiograft/artefact-store'
import type { AnyRef, ResolvedNode } from '@radiograft/pipeline'

/** `known`: node identity → manifest, of every node that this one reads from. */
export const inputDigests = (
  node: Pick<ResolvedNode, 'inputs'>,
  datasets: Readonly<Record<string, string>>,
  known: ReadonlyMap<string, Manifest>,
): Readonly<Record<string, string | ReadonlyArray<string>>> => {
  const digest = (ref: AnyRef): string =>
    ref.node.dataset ? datasets[ref.node.dataset.name]! : known.get(ref.node.identity)!.outputs[ref.port]!.digest
  return Object.fromEntries(
    Object.entries(node.inputs).map(([port, value]) => [
      port,
      Array.isArray(value) ? (value as ReadonlyArray<AnyRef>).map(digest) : digest(value as AnyRef),
    ]),
  )
}
