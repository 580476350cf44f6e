// What the head of a network's file says: how many parameters, and what it calls itself. The weights are not read: a store
// checks a blob whole before it gives a byte of it, which for the networks of a small run takes a quarter of a second, and
// the report has a tenth. What the head says is held against the file's length instead.
import type { Artefact, Store } from '@radiograft/artefact-store'

export interface NetworkHeader {
  readonly parameters: number
  /** `architecture` or `name` of its configuration; empty where it has none */
  readonly architecture: string
}

/** No header is longer: a tensor takes about a hundred bytes. */
const LONGEST = 16 << 20

type Head = (offset: number, length: number) => Uint8Array

interface Entry {
  readonly shape?: ReadonlyArray<number>
}

const parse = (read: Head, bytes: number): NetworkHeader | undefined => {
  const start = read(0, 8)
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true))
  if (length > LONGEST || 8 + length > bytes) return undefined
  const header = JSON.parse(new TextDecoder().decode(read(8, length))) as Readonly<Record<string, Entry>>
  const { __metadata__: metadata, ...tensors } = header
  const sizes = Object.values(tensors).map(({ shape = [] }) => shape.reduce((n, side) => n * side, 1))
  const parameters = sizes.reduce((sum, size) => sum + size, 0)
  if (8 + length + 4 * parameters !== bytes) return undefined
  const config = JSON.parse((metadata as { readonly config?: string }).config ?? '{}') as Readonly<
    Record<string, unknown>
  >
  const name = config['architecture'] ?? config['name']
  return { parameters, architecture: typeof name === 'string' ? name : '' }
}

/** Undefined where the file is gone or says something else than its length. */
export const networkHeader = ({ blobs }: Store, { chunks }: Artefact): NetworkHeader | undefined => {
  const { digest, bytes } = chunks[0]!
  try {
    return parse((offset, length) => blobs.peek(digest, offset, length), bytes)
  } catch {
    return undefined
  }
}
