// Which way up a picture is shown, from its EXIF block. Used by pngLayout and jpegLayout; a TIFF has the field in its own
// directory.
import { ImageError } from './ImageError.ts'
import { memorySource } from './ImageSource.ts'
import { orientationFrom } from './orient.ts'
import type { Orientation } from './orient.ts'
import { readTiffDirectory } from './tiffDirectory.ts'

export const ORIENTATION = 0x0112

/**
 * @param exif the block, from its byte order mark on
 * @returns 1 where the block is damaged or does not say: what is wrong there is no reason to refuse pixels
 */
export const exifOrientation = (exif: DataView): Orientation => {
  const bytes = new Uint8Array(exif.buffer, exif.byteOffset, exif.byteLength)
  try {
    const directory = readTiffDirectory(memorySource('EXIF', bytes))
    return orientationFrom(directory.number(ORIENTATION))
  } catch (error) {
    if (error instanceof ImageError) return 1
    throw error
  }
}
