// The smallest PNG that a film can be: eight bits of grey, one block, written here so that tests of folders need no
// picture and no library. Used by tests of this package.
import { crc32, deflateSync } from 'node:zlib'

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

/** @param stored [rows · columns], 0 to 255; a gradient where left out */
export const greyPng = (rows: number, columns: number, stored?: Uint8Array): Uint8Array => {
  const values = stored ?? Uint8Array.from({ length: rows * columns }, (_, i) => (i * 7) % 256)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(columns, 0)
  header.writeUInt32BE(rows, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const lines = Buffer.alloc(rows * (columns + 1))
  for (let r = 0; r < rows; r++) lines.set(values.subarray(r * columns, (r + 1) * columns), r * (columns + 1) + 1)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
