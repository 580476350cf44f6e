// A kind by its name: how an artefact is read whose kind stands in a manifest. The kinds are those that the pipeline package
// exports.
import * as pipeline from '@radiograft/pipeline'
import type { AnyKind } from '@radiograft/pipeline'

const isKind = (value: unknown): value is AnyKind =>
  typeof value === 'object' && value !== null && 'kind' in value && 'storage' in value

const kinds = new Map(
  Object.values(pipeline as Readonly<Record<string, unknown>>)
    .filter(isKind)
    .map((kind) => [kind.kind, kind]),
)

/** Throws `UnknownNameError`: the artefact was written by a newer version. */
export const kindNamed = (name: string): AnyKind => {
  const kind = kinds.get(name)
  if (!kind) throw new pipeline.UnknownNameError('kind of artefact', name, [...kinds.keys()])
  return kind
}
