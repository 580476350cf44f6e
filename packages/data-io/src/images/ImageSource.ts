// The bytes of a picture file, in memory or on disk, asked for a few at a time: one set of header readers serves both
// readImage and checkImageFile, which must not read whole files.
import { ImageError } from './ImageError.ts'

export interface ImageSource {
  /** the file's name, for messages */
  readonly file: string
  readonly size: number
  /**
   * Exactly `length` bytes from `offset`.
   * @throws ImageError truncated, where the source ends before
   */
  readonly read: (offset: number, length: number) => DataView
}

/** @param fetch gives bytes that lie inside the source; it is never asked for others */
export const imageSource = (
  file: string,
  size: number,
  fetch: (offset: number, length: number) => Uint8Array,
): ImageSource => ({
  file,
  size,
  read: (offset, length) => {
    if (offset + length > size) {
      throw new ImageError(file, 'truncated', `the file has ${size} bytes and says that more follow`)
    }
    const bytes = fetch(offset, length)
    return new DataView(bytes.buffer, bytes.byteOffset, length)
  },
})

export const memorySource = (file: string, bytes: Uint8Array): ImageSource =>
  imageSource(file, bytes.length, (offset, length) => bytes.subarray(offset, offset + length))
