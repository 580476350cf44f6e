// Films as a row of Arrow IPC files: ids and a fixed-shape tensor of pixels. A chunk ends after a film whose id says so, so
// that adding or removing a film changes few chunks; memory holds one chunk.
import type { Film, FilmsOut } from '@radiograft/pipeline'
import {
  Field,
  FixedSizeList,
  Float32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  Uint16,
  Uint8,
  Utf8,
} from 'apache-arrow'
import { createHash } from 'node:crypto'
import type { Chunk } from '../Artefact.ts'
import type { Blobs } from '../Blobs.ts'
import { ArtefactValueError } from '../errors.ts'
import { encodePixels, pixelStorages } from './pixelStorage.ts'

/** Pixels of a chunk, at most: Arrow's offsets end at 2 GiB and a run must not grow with its films. */
const maxChunkBytes = 64 << 20

/** True for one id in 64. */
export const endsChunk = (id: string): boolean => createHash('sha256').update(id).digest()[31]! % 64 === 0

const arrowTypes = { uint8: () => new Uint8(), uint16: () => new Uint16(), float32: () => new Float32() } as const

/** The Arrow file of one chunk, and where its buffers lie. `pixels` are stored bytes, one film after another. */
const encodeChunk = (
  kind: string,
  out: FilmsOut,
  ids: ReadonlyArray<string>,
  pixels: Uint8Array,
): { readonly bytes: Uint8Array; readonly buffers: NonNullable<Chunk['buffers']> } => {
  const { height, width, storage } = out
  const length = ids.length
  const item = new Field('item', arrowTypes[storage](), false)
  const list = new FixedSizeList(height * width, item as never)
  const fields = [
    new Field('id', new Utf8(), false),
    new Field(
      'pixels',
      list,
      false,
      new Map([
        ['ARROW:extension:name', 'arrow.fixed_shape_tensor'],
        ['ARROW:extension:metadata', JSON.stringify({ shape: [height, width] })],
      ]),
    ),
  ]
  const { scale } = pixelStorages[storage]
  const schema = new Schema(
    fields,
    new Map([
      ['radiograft:kind', kind],
      ['radiograft:scale', String(scale)],
      ['radiograft:offset', '0'],
    ]),
  )
  const texts = ids.map((id) => Buffer.from(id))
  const valueOffsets = new Int32Array(length + 1)
  texts.forEach((text, i) => (valueOffsets[i + 1] = valueOffsets[i]! + text.length))
  const idData = makeData({
    type: new Utf8(),
    length,
    nullCount: 0,
    valueOffsets,
    data: new Uint8Array(Buffer.concat(texts)),
  })
  const values =
    storage === 'uint8'
      ? pixels
      : storage === 'uint16'
        ? new Uint16Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 2)
        : new Float32Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 4)
  const child = makeData({ type: arrowTypes[storage](), length: values.length, nullCount: 0, data: values } as never)
  const pixelData = makeData({ type: list, length, nullCount: 0, child } as never)
  const struct = makeData({ type: new Struct(fields), length, nullCount: 0, children: [idData, pixelData] as never })
  const bytes = tableToIPC(new Table(schema, [new RecordBatch(schema, struct as never)]), 'file')
  if (length === 0) return { bytes, buffers: { offsets: 0, ids: 0, pixels: 0 } }
  // read back without a copy, to learn where the buffers came to lie
  const [back] = tableFromIPC(bytes).batches
  const [id, tensor] = back!.data.children as [typeof idData, { readonly children: ReadonlyArray<typeof idData> }]
  const place = (view: ArrayBufferView): number => view.byteOffset - bytes.byteOffset
  return {
    bytes,
    buffers: { offsets: place(id.valueOffsets), ids: place(id.values), pixels: place(tensor.children[0]!.values) },
  }
}

/** Writes the chunks as blobs, one in memory at a time. Throws `ArtefactValueError` naming the film. */
export const writeFilms = async (blobs: Blobs, kind: string, out: FilmsOut): Promise<ReadonlyArray<Chunk>> => {
  const { height, width, storage } = out
  const size = height * width
  if (!(Number.isInteger(size) && size > 0)) throw new ArtefactValueError(kind, `a film of ${height} x ${width} pixels`)
  const filmBytes = size * pixelStorages[storage].bytes
  const most = Math.max(1, Math.floor(maxChunkBytes / filmBytes))
  const chunks: Chunk[] = []
  let buffer = new Uint8Array(Math.min(most, 64) * filmBytes)
  let ids: string[] = []
  let last: string | undefined
  const flush = async (): Promise<void> => {
    const { bytes, buffers } = encodeChunk(kind, out, ids, buffer.subarray(0, ids.length * filmBytes))
    const digest = await blobs.put(bytes)
    chunks.push({ digest, bytes: bytes.length, rows: ids.length, buffers })
    ids = []
  }
  for await (const { id, pixels } of out.films as AsyncIterable<Film>) {
    if (last !== undefined && !(id > last))
      throw new ArtefactValueError(kind, `film '${id}' follows '${last}': ids must ascend, each once`)
    if (pixels.length !== size)
      throw new ArtefactValueError(kind, `film '${id}' has ${pixels.length} pixels, expected ${height} x ${width}`)
    last = id
    const at = ids.length * filmBytes
    if (at + filmBytes > buffer.length) {
      const larger = new Uint8Array(Math.min(most * filmBytes, buffer.length * 2))
      larger.set(buffer)
      buffer = larger
    }
    const bad = encodePixels(storage, pixels, buffer.subarray(at, at + filmBytes))
    if (bad !== undefined)
      throw new ArtefactValueError(
        kind,
        `film '${id}' has a pixel of ${bad}, expected [0, 1]; clamp or rescale it first`,
      )
    ids.push(id)
    if (endsChunk(id) || ids.length === most) await flush()
  }
  // a collection without films keeps its shape
  if (ids.length > 0 || chunks.length === 0) await flush()
  return chunks
}
