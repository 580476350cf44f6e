// Any value of any kind → blobs, and what a manifest lists for it. Arrow is loaded only when a table or films are written.
import { canonicalJson } from '@radiograft/pipeline'
import type { AnyKind, Figure, FilmsOut, Network, Written } from '@radiograft/pipeline'
import type { Artefact, Chunk } from './Artefact.ts'
import type { Blobs } from './Blobs.ts'
import { ArtefactValueError } from './errors.ts'
import { kindDigest } from './kindDigest.ts'
import { sha256 } from './sha256.ts'

interface Content {
  readonly chunks: ReadonlyArray<Chunk>
  readonly rows: number
  readonly meta: Readonly<Record<string, unknown>>
}

const one = async (blobs: Blobs, bytes: Uint8Array, rows: number, meta: Content['meta'] = {}): Promise<Content> => ({
  chunks: [{ digest: await blobs.put(bytes), bytes: bytes.length, rows }],
  rows,
  meta,
})

const contentOf = async (blobs: Blobs, kind: AnyKind, value: unknown): Promise<Content> => {
  const { storage } = kind
  if (value === undefined || value === null) throw new ArtefactValueError(kind.kind, `it is ${String(value)}`)
  switch (storage.layout) {
    case 'table': {
      const { encodeTable } = await import('./codecs/tableCodec.ts')
      const rows = value as ReadonlyArray<object>
      if (!Array.isArray(rows)) throw new ArtefactValueError(kind.kind, 'expected an array of rows')
      return one(blobs, encodeTable(kind.kind, storage, rows), rows.length)
    }
    case 'films': {
      const { writeFilms } = await import('./codecs/filmsWriter.ts')
      const { height, width, storage: pixels } = value as FilmsOut
      const chunks = await writeFilms(blobs, kind.kind, value as FilmsOut)
      return { chunks, rows: chunks.reduce((n, c) => n + c.rows, 0), meta: { height, width, storage: pixels } }
    }
    case 'network': {
      const { encodeNetwork } = await import('./codecs/networkCodec.ts')
      const network = value as Network
      return one(blobs, encodeNetwork(network), Object.keys(network.tensors).length)
    }
    case 'figure': {
      const { title, caption, row, mediaType, bytes } = value as Figure
      if (!ArrayBuffer.isView(bytes)) throw new ArtefactValueError(kind.kind, 'expected bytes')
      return one(blobs, bytes, 1, { title, caption, row, mediaType })
    }
    case 'json':
      return one(blobs, Buffer.from(canonicalJson(value)), 1)
  }
}

/** Writes the blobs of a value. Throws `ArtefactValueError` and store errors. */
export const writeArtefact = async <K extends AnyKind>(blobs: Blobs, kind: K, value: Written<K>): Promise<Artefact> => {
  const content = await contentOf(blobs, kind, value)
  const schema = kindDigest(kind)
  const digest = sha256(canonicalJson([kind.kind, schema, content.chunks.map((c) => c.digest), content.meta]))
  return { kind: kind.kind, digest, schema, ...content }
}
