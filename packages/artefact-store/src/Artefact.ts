// What a manifest lists for one output port: the kind, the blobs and the digest that consumers key on. Plain JSON.

/** One blob of an artefact. */
export interface Chunk {
  /** sha256 of its bytes, hex: its name in the store */
  readonly digest: string
  readonly bytes: number
  readonly rows: number
  /** films: byte positions, inside the blob, of the Arrow buffers of ids (int32 offsets, utf8) and pixels */
  readonly buffers?: { readonly offsets: number; readonly ids: number; readonly pixels: number }
}

export interface Artefact {
  readonly kind: string
  /** hash of kind, schema, chunk digests and `meta`: equal content has an equal digest, whoever made it and when */
  readonly digest: string
  /** digest of the kind's storage */
  readonly schema: string
  readonly chunks: ReadonlyArray<Chunk>
  /** rows of a table, films of a collection, tensors of a network, 1 otherwise */
  readonly rows: number
  /** films: height, width, storage; figure: title, caption, row, mediaType; network: config */
  readonly meta: Readonly<Record<string, unknown>>
}

/** Bytes of all blobs of an artefact. */
export const artefactBytes = (artefact: Artefact): number => artefact.chunks.reduce((sum, c) => sum + c.bytes, 0)
