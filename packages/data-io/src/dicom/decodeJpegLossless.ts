// JPEG lossless (process 14, T.81 annex H) to grey samples: Huffman coded differences from one of seven predictors, with or
// without restarts. Used by decodeStream. Our own, because jpeg-lossless-decoder-js 2.1.2 gives wrong samples without a word
// where a stream has restarts or samples of extreme contrast (oracle in tools/oracles/dataio_dicom.py).
import type { JpegFrame } from './jpegFrame.ts'
import { jpegSegments, START_OF_SCAN } from './jpegFrame.ts'

const LOSSLESS = 0xc3
const HUFFMAN_TABLES = 0xc4
const RESTART_INTERVAL = 0xdd

/** By the next 16 bits: length of the code << 8 | category; 0 where no code starts so. */
type HuffmanTable = Uint16Array

interface Scan {
  readonly table: HuffmanTable
  readonly predictor: number
  /** in rows; 0 for none */
  readonly restartRows: number
  /** where the coded data starts */
  readonly start: number
}

/** T.81 annex C: codes of each length count on from those of the length before. */
const huffmanTable = (counts: Uint8Array, categories: Uint8Array): HuffmanTable => {
  const table = new Uint16Array(2 ** 16)
  let next = 0
  let k = 0
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < counts[length - 1]!; i++, k++) {
      const wide = 2 ** (16 - length)
      if (next + wide > table.length || categories[k]! > 16) throw new Error('no Huffman table of differences')
      table.fill((length << 8) | categories[k]!, next, next + wide)
      next += wide
    }
  }
  return table
}

/** The tables of a DHT segment, by class << 4 | identifier. */
const readTables = (segment: Uint8Array, tables: Map<number, HuffmanTable>): void => {
  for (let at = 0; at < segment.length;) {
    const counts = segment.subarray(at + 1, at + 17)
    const codes = counts.reduce((sum, count) => sum + count, 0)
    const end = at + 17 + codes
    if (counts.length < 16 || end > segment.length) throw new Error('a Huffman table breaks off')
    tables.set(segment[at]!, huffmanTable(counts, segment.subarray(at + 17, end)))
    at = end
  }
}

const readScan = (stream: Uint8Array, columns: number): Scan => {
  const tables = new Map<number, HuffmanTable>()
  let interval = 0
  for (const { marker, start, end } of jpegSegments(stream)) {
    const segment = stream.subarray(start, end)
    if (marker === HUFFMAN_TABLES) readTables(segment, tables)
    if (marker === RESTART_INTERVAL && segment.length >= 2) interval = (segment[0]! << 8) | segment[1]!
    if (marker !== START_OF_SCAN) continue
    // Ns, then component and tables of each, Ss, Se, Ah and Al
    const predictor = segment[3] ?? 0
    if (segment[0] !== 1 || segment.length < 6 || predictor < 1 || predictor > 7)
      throw new Error('not one lossless scan')
    if ((segment[5]! & 0x0f) !== 0) throw new Error('a point transform, which is not read')
    if (interval % columns !== 0) throw new Error('restarts within a row')
    const table = tables.get(segment[2]! >> 4)
    if (table === undefined) throw new Error('no Huffman table')
    return { table, predictor, restartRows: interval / columns, start: end }
  }
  throw new Error('no scan')
}

/** Reads the coded data bit by bit; FF00 is the byte FF, any other marker the end of an interval. */
const bitReader = (stream: Uint8Array, from: number) => {
  let at = from
  let held = 0
  let count = 0
  let borrowed = 0
  /** At least 16 bits in `held`, ones beyond the end, as the standard pads with. */
  const fill = (): void => {
    while (count < 16) {
      const byte = stream[at]
      const ends = byte === undefined || (byte === 0xff && stream[at + 1] !== 0)
      if (ends) borrowed += 8
      else at += byte === 0xff ? 2 : 1
      held = ((held << 8) | (ends ? 0xff : byte)) & 0xffffff
      count += 8
    }
  }
  return {
    peek16: (): number => {
      fill()
      return (held >>> (count - 16)) & 0xffff
    },
    skip: (bits: number): void => {
      count -= bits
      if (count < borrowed) throw new Error('the coded data breaks off')
    },
    /** Past the restart marker that must come next. */
    restart: (): void => {
      held = count = borrowed = 0
      while (stream[at] === 0xff && stream[at + 1] === 0xff) at++
      const marker = stream[at + 1] ?? 0
      if (stream[at] !== 0xff || marker < 0xd0 || marker > 0xd7) throw new Error('no restart marker where one is due')
      at += 2
    },
  }
}

/** T.81 table H.1, from the samples to the left, above, and above left. */
const predict = (predictor: number, left: number, above: number, corner: number): number => {
  if (predictor === 1) return left
  if (predictor === 2) return above
  if (predictor === 3) return corner
  if (predictor === 4) return left + above - corner
  if (predictor === 5) return left + ((above - corner) >> 1)
  if (predictor === 6) return above + ((left - corner) >> 1)
  return (left + above) >> 1
}

/**
 * @param frame of one component, 2 to 16 bits
 * @returns [rows · columns], row-major: bytes up to 8 bits, else words
 * @throws Error when it is no lossless JPEG, has a point transform, or breaks off
 */
export const decodeJpegLossless = (stream: Uint8Array, frame: JpegFrame): Uint8Array | Uint16Array => {
  const { rows, columns, precision } = frame
  if (frame.marker !== LOSSLESS) throw new Error('not a lossless JPEG by Huffman codes')
  // a sample takes one bit at least
  if (rows * columns > 8 * stream.length) throw new Error('the coded data breaks off')
  const { table, predictor, restartRows, start } = readScan(stream, columns)
  const bits = bitReader(stream, start)
  const out = precision <= 8 ? new Uint8Array(rows * columns) : new Uint16Array(rows * columns)

  const difference = (): number => {
    const entry = table[bits.peek16()]!
    if (entry === 0) throw new Error('a code that is in no table')
    bits.skip(entry >> 8)
    const category = entry & 0xff
    if (category === 0) return 0
    if (category === 16) return 32768
    const value = bits.peek16() >> (16 - category)
    bits.skip(category)
    return value < 2 ** (category - 1) ? value - 2 ** category + 1 : value
  }

  for (let row = 0, i = 0; row < rows; row++) {
    const fresh = row === 0 || (restartRows > 0 && row % restartRows === 0)
    if (fresh && row > 0) bits.restart()
    for (let column = 0; column < columns; column++, i++) {
      let expected: number
      if (column > 0 && !fresh) {
        expected = predict(predictor, out[i - 1]!, out[i - columns]!, out[i - columns - 1]!)
      } else if (column > 0) expected = out[i - 1]!
      else expected = fresh ? 2 ** (precision - 1) : out[i - columns]!
      // modulo 2^16, cut to the array's bits
      out[i] = expected + difference()
    }
  }
  return out
}
