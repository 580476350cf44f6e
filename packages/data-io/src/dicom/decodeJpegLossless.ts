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

interface TableBytes {
  /** how many codes have 1, 2, … 16 bits */
  readonly counts: Uint8Array
  readonly categories: Uint8Array
}

/** T.81 annex C: codes of each length count on from those of the length before. */
const huffmanTable = ({ counts, categories }: TableBytes): HuffmanTable => {
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

/** The tables of a DHT segment, by class << 4 | identifier; only the one that is used is built. */
const readTables = (segment: Uint8Array, tables: Map<number, TableBytes>): void => {
  for (let at = 0; at < segment.length;) {
    const counts = segment.subarray(at + 1, at + 17)
    const end = at + 17 + counts.reduce((sum, count) => sum + count, 0)
    if (counts.length < 16 || end > segment.length) throw new Error('a Huffman table breaks off')
    tables.set(segment[at]!, { counts, categories: segment.subarray(at + 17, end) })
    at = end
  }
}

const readScan = (stream: Uint8Array, columns: number): Scan => {
  const tables = new Map<number, TableBytes>()
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
    return { table: huffmanTable(table), predictor, restartRows: interval / columns, start: end }
  }
  throw new Error('no scan')
}

/** Reads the coded data; FF00 is the byte FF, any other marker the end of an interval. */
class CodedData {
  /** the last `count` bits that were read and not used, lowest last */
  private held = 0
  private count = 0
  /** how many of them are beyond the end: ones, as the standard pads with */
  private borrowed = 0
  private readonly stream: Uint8Array
  private at: number

  constructor(stream: Uint8Array, from: number) {
    this.stream = stream
    this.at = from
  }

  /** At least 16 bits in `held`, which has room for 32. */
  private fill(): void {
    const { stream } = this
    while (this.count <= 16) {
      const byte = this.at < stream.length ? stream[this.at]! : -1
      const ends = byte < 0 || (byte === 0xff && stream[this.at + 1] !== 0)
      if (ends) this.borrowed += 8
      else this.at += byte === 0xff ? 2 : 1
      this.held = (this.held << 8) | (byte & 0xff)
      this.count += 8
    }
  }

  private use(bits: number): void {
    this.count -= bits
    if (this.count < this.borrowed) throw new Error('the coded data breaks off')
  }

  /** The next difference (T.81 F.2.2.1 and H.1.2.2): a code for its number of bits, then those bits. */
  difference(table: HuffmanTable): number {
    if (this.count < 16) this.fill()
    const entry = table[(this.held >>> (this.count - 16)) & 0xffff]!
    if (entry === 0) throw new Error('a code that is in no table')
    this.use(entry >> 8)
    const category = entry & 0xff
    if (category === 0) return 0
    if (category === 16) return 32768
    if (this.count < 16) this.fill()
    const value = (this.held >>> (this.count - category)) & ((1 << category) - 1)
    this.use(category)
    return value < 1 << (category - 1) ? value - (1 << category) + 1 : value
  }

  /** Past the restart marker that must come next. */
  restart(): void {
    const { stream } = this
    this.held = this.count = this.borrowed = 0
    while (stream[this.at] === 0xff && stream[this.at + 1] === 0xff) this.at++
    const marker = stream[this.at + 1] ?? 0
    if (stream[this.at] !== 0xff || marker < 0xd0 || marker > 0xd7) {
      throw new Error('no restart marker where one is due')
    }
    this.at += 2
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
  const coded = new CodedData(stream, start)
  const out = new Uint16Array(rows * columns)
  let used = 0
  for (let row = 0, i = 0; row < rows; row++) {
    const fresh = row === 0 || (restartRows > 0 && row % restartRows === 0)
    if (fresh && row > 0) coded.restart()
    for (let column = 0; column < columns; column++, i++) {
      let expected: number
      if (column > 0 && !fresh) {
        expected = predict(predictor, out[i - 1]!, out[i - columns]!, out[i - columns - 1]!)
      } else if (column > 0) expected = out[i - 1]!
      else expected = fresh ? 2 ** (precision - 1) : out[i - columns]!
      // modulo 2^16
      out[i] = expected + coded.difference(table)
      used |= out[i]!
    }
  }
  if (used >= 2 ** precision) throw new Error('samples beyond its precision')
  return precision <= 8 ? Uint8Array.from(out) : out
}
