// An artefact → its value, every blob checked against its digest. Arrow is loaded only when a table is read.
import { parseCanonicalJson } from '@radiograft/pipeline'
import type { AnyKind, Read } from '@radiograft/pipeline'
import type { Artefact } from './Artefact.ts'
import type { Blobs } from './Blobs.ts'
import { ArtefactValueError } from './errors.ts'
import { readFilms } from './codecs/filmsReader.ts'

/** Throws `BlobMissingError`, `BlobDamagedError`, and `ArtefactValueError` when the artefact is of another kind. */
export const readArtefact = async <K extends AnyKind>(blobs: Blobs, kind: K, artefact: Artefact): Promise<Read<K>> => {
  if (artefact.kind !== kind.kind) throw new ArtefactValueError(kind.kind, `it is ${artefact.kind}`)
  const { storage } = kind as AnyKind
  const bytes = (): Promise<Uint8Array> => blobs.read(artefact.chunks[0]!.digest)
  const value = async (): Promise<unknown> => {
    switch (storage.layout) {
      case 'table':
        return (await import('./codecs/tableCodec.ts')).decodeTable(kind.kind, storage, await bytes())
      case 'films':
        return readFilms(blobs, artefact)
      case 'network':
        return (await import('./codecs/networkCodec.ts')).decodeNetwork(await bytes())
      case 'figure':
        return { ...artefact.meta, bytes: await bytes() }
      case 'json':
        return parseCanonicalJson(Buffer.from(await bytes()).toString('utf8'))
    }
  }
  return (await value()) as Read<K>
}
