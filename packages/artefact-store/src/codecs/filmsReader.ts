// Films read by position: ids at once, pixels row by row from the blobs, so that memory does not grow with their number.
// Chunks are verified when the collection is opened; the operating system's page cache is the cache.
import type { Film, Films } from '@radiograft/pipeline'
import type { Artefact } from '../Artefact.ts'
import type { Blobs } from '../Blobs.ts'
import { ArtefactValueError, UnknownFilmError } from '../errors.ts'
import { decodePixels, pixelStorages } from './pixelStorage.ts'
import type { PixelStorage } from './pixelStorage.ts'

/** Throws `BlobMissingError`, `BlobDamagedError`. Needs no Arrow: the manifest says where the buffers lie. */
export const readFilms = (blobs: Blobs, artefact: Artefact): Films => {
  const { height, width, storage } = artefact.meta as {
    readonly height: number
    readonly width: number
    readonly storage: PixelStorage
  }
  const filmBytes = height * width * pixelStorages[storage].bytes
  const ids: string[] = []
  /** first position of each chunk */
  const starts: number[] = []
  for (const { digest, rows, buffers } of artefact.chunks) {
    starts.push(ids.length)
    if (rows === 0) continue
    if (!buffers) throw new ArtefactValueError(artefact.kind, `chunk ${digest} does not say where its buffers lie`)
    const blob = blobs.open(digest)
    const raw = blob.read(buffers.offsets, 4 * (rows + 1))
    const offsets = new Int32Array(raw.buffer, raw.byteOffset, rows + 1)
    const text = Buffer.from(blob.read(buffers.ids, offsets[rows]!))
    for (let i = 0; i < rows; i++) ids.push(text.toString('utf8', offsets[i], offsets[i + 1]))
  }
  let positions: Map<string, number> | undefined
  const chunkOf = (index: number): number => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= index) low = middle
      else high = middle - 1
    }
    return low
  }
  const row = (index: number): Float32Array => {
    if (!(Number.isInteger(index) && index >= 0 && index < ids.length))
      throw new RangeError(`film ${index} of ${ids.length}`)
    const at = chunkOf(index)
    const chunk = artefact.chunks[at]!
    const raw = blobs.open(chunk.digest).read(chunk.buffers!.pixels + (index - starts[at]!) * filmBytes, filmBytes)
    return decodePixels(storage, raw)
  }
  return {
    size: ids.length,
    ids,
    height,
    width,
    indexOf: (id) => {
      positions ??= new Map(ids.map((one, i) => [one, i]))
      const index = positions.get(id)
      if (index === undefined) throw new UnknownFilmError(id, ids.length)
      return index
    },
    rows: async (indices) => indices.map(row),
    stream: async function* (): AsyncGenerator<Film> {
      for (let i = 0; i < ids.length; i++) yield { id: ids[i]!, pixels: row(i) }
    },
  }
}
