// Reads artefacts for the report's cards, each once: several stages give the same table.
import { readArtefact } from '@radiograft/artefact-store'
import type { Artefact, Store } from '@radiograft/artefact-store'
import type { AnyKind, Read } from '@radiograft/pipeline'

export type ReadTable = <K extends AnyKind>(kind: K, artefact: Artefact) => Promise<Read<K>>

export const tableReader = (store: Store): ReadTable => {
  const read = new Map<string, Promise<unknown>>()
  return <K extends AnyKind>(kind: K, artefact: Artefact) => {
    const before = read.get(artefact.digest) ?? readArtefact(store.blobs, kind, artefact)
    read.set(artefact.digest, before)
    return before as Promise<Read<K>>
  }
}
