// Where a marker occurs last near the end of a file: the end mark of a PNG or JPEG, which some writers pad. Reads 4 kB,
// and only where the marker is not there 256 kB, so that a check of thousands of films stays cheap. Used by pngLayout
// and jpegLayout.
import type { ImageSource } from './ImageSource.ts'

const WINDOWS: ReadonlyArray<number> = [4 * 1024, 256 * 1024]

/**
 * @param from nothing before this offset is looked at
 * @returns offset of the marker's first byte; undefined where it does not occur
 */
export const findLast = (
  source: ImageSource,
  from: number,
  marker: Uint8Array,
  windows: ReadonlyArray<number> = WINDOWS,
): number | undefined => {
  for (const window of windows) {
    const start = Math.min(Math.max(from, source.size - window), source.size)
    const tail = source.read(start, source.size - start)
    const at = Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength).lastIndexOf(marker)
    if (at >= 0) return start + at
    if (start <= from) return undefined
  }
  return undefined
}
