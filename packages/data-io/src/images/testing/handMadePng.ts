// PNG files chunk by chunk, for tests whose pixels are worked out by hand.
import { crc32, deflateSync } from 'node:zlib'

/** A chunk with its length and checksum. */
export const pngChunk = (type: string, data: ReadonlyArray<number> | Uint8Array = []): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), Uint8Array.from(data)])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length - 4)
  checksum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, checksum])
}

export interface HandMadePng {
  readonly rows: number
  readonly columns: number
  readonly bits: number
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha */
  readonly colour: number
  /** the rows before compression, a filter byte (0: none) ahead of each */
  readonly lines: ReadonlyArray<number>
  readonly before?: ReadonlyArray<Buffer>
  readonly after?: ReadonlyArray<Buffer>
}

export const handMadePng = ({ rows, columns, bits, colour, lines, before = [], after = [] }: HandMadePng): Buffer => {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(columns, 0)
  header.writeUInt32BE(rows, 4)
  header[8] = bits
  header[9] = colour
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...before,
    pngChunk('IDAT', deflateSync(Uint8Array.from(lines))),
    ...after,
    pngChunk('IEND'),
  ])
}
