// A film's bytes, damaged: one of seven kinds of damage, drawn from a random stream. Used by the fuzz test of the readers.
import type { Rng } from '@radiograft/random'

export interface Mutation {
  readonly kind: string
  readonly bytes: Uint8Array
}

/** Headers of the test films are shorter; what makes a decoder allocate stands here. */
const HEADER = 4096
/** The headers of a stream, after the first item of the pixel data. */
const STREAM_HEADER = 256
const ITEM = Buffer.from([0xfe, 0xff, 0x00, 0xe0])
/** Rows, columns, bits allocated, bits stored, high bit, sign: group 0028, unsigned shorts, explicit and implicit. */
const SHORTS = [0x10, 0x11, 0x100, 0x101, 0x102, 0x103].flatMap((element) => [
  Buffer.from([0x28, 0, element & 0xff, element >> 8, 0x55, 0x53, 2, 0]),
  Buffer.from([0x28, 0, element & 0xff, element >> 8, 2, 0, 0, 0]),
])
const EDGES = [0, 1, 2, 7, 8, 9, 15, 16, 17, 255, 256, 4096, 10_000, 32_767, 32_768, 65_535]
const LONG_EDGES = [...EDGES, 0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffffe, 0xffffffff]

const oneOf = <T>(items: ReadonlyArray<T>, random: Rng): T => items[random.int(0, items.length)]!

const flipped = (film: Uint8Array, from: number, to: number, random: Rng): Uint8Array => {
  const out = film.slice()
  const flips = 2 ** random.int(0, 6)
  for (let i = 0; i < flips; i++) out[random.int(from, to)]! ^= 2 ** random.int(0, 8)
  return out
}

/** Where compressed pixels start: after the first item that is not empty; half-way for a film that has none. */
const streamStart = (film: Uint8Array): number => {
  const bytes = Buffer.from(film.buffer, film.byteOffset, film.byteLength)
  const table = bytes.indexOf(ITEM, 132)
  const first = table < 0 ? -1 : bytes.indexOf(ITEM, table + 8)
  return first < 0 ? film.length >> 1 : first + 8
}

/** Offsets of lengths: after two capital letters in the header (a VR), and after item tags anywhere. */
const lengthFields = (film: Uint8Array): ReadonlyArray<readonly [at: number, bytes: 2 | 4]> => {
  const found: Array<readonly [number, 2 | 4]> = []
  const letter = (byte: number): boolean => byte >= 0x41 && byte <= 0x5a
  for (let at = 132; at + 12 < Math.min(film.length, HEADER); at++) {
    if (!letter(film[at]!) || !letter(film[at + 1]!)) continue
    found.push(film[at + 2] === 0 && film[at + 3] === 0 ? [at + 4, 4] : [at + 2, 2])
  }
  const bytes = Buffer.from(film.buffer, film.byteOffset, film.byteLength)
  for (let at = bytes.indexOf(ITEM); at >= 0 && at + 8 <= film.length; at = bytes.indexOf(ITEM, at + 4)) {
    found.push([at + 4, 4])
  }
  return found
}

const lengthLies = (film: Uint8Array, random: Rng): Uint8Array => {
  const out = film.slice()
  const view = new DataView(out.buffer)
  const fields = lengthFields(film)
  if (fields.length === 0) return out
  for (let i = random.int(0, 3); i >= 0; i--) {
    const [at, bytes] = oneOf(fields, random)
    if (bytes === 2) view.setUint16(at, oneOf(EDGES, random), true)
    else view.setUint32(at, oneOf(LONG_EDGES, random), true)
  }
  return out
}

const shortsLie = (film: Uint8Array, random: Rng): Uint8Array => {
  const out = film.slice()
  const bytes = Buffer.from(out.buffer)
  for (let i = random.int(0, 3); i >= 0; i--) {
    const pattern = oneOf(SHORTS, random)
    const at = bytes.indexOf(pattern)
    if (at >= 0) bytes.writeUInt16LE(oneOf(EDGES, random), at + pattern.length)
  }
  return out
}

/** A block of another film, or of this one, over some bytes or between them. */
const spliced = (film: Uint8Array, other: Uint8Array, random: Rng): Uint8Array => {
  const source = random.int(0, 2) === 0 ? film : other
  const length = Math.min(2 ** random.int(2, 14), source.length)
  const from = random.int(0, source.length - length + 1)
  const at = random.int(0, Math.min(film.length, random.int(0, 2) === 0 ? HEADER : film.length))
  const rest = random.int(0, 2) === 0 ? at : Math.min(at + length, film.length)
  return new Uint8Array(
    Buffer.concat([film.subarray(0, at), source.subarray(from, from + length), film.subarray(rest)]),
  )
}

const KINDS: Readonly<Record<string, (film: Uint8Array, other: Uint8Array, random: Rng) => Uint8Array>> = {
  flips: (film, _, random) => flipped(film, 0, film.length, random),
  'flips in the header': (film, _, random) => flipped(film, 132, Math.min(film.length, HEADER), random),
  'flips in the stream header': (film, _, random) => {
    const start = Math.min(streamStart(film), film.length - 1)
    return flipped(film, start, Math.min(start + STREAM_HEADER, film.length), random)
  },
  'cut short': (film, _, random) =>
    film.slice(0, random.int(0, random.int(0, 2) === 0 ? Math.min(film.length, HEADER) : film.length)),
  'lying lengths': (film, _, random) => lengthLies(film, random),
  'lying sizes': (film, _, random) => shortsLie(film, random),
  'a spliced block': spliced,
}
const NAMES = Object.keys(KINDS)

/** @param other another film, a source of blocks */
export const mutateFilm = (film: Uint8Array, other: Uint8Array, random: Rng): Mutation => {
  const kind = oneOf(NAMES, random)
  return { kind, bytes: KINDS[kind]!(film, other, random) }
}
