// One PNG, JPEG or TIFF to its stored grey values, bit for bit, as rows and columns are shown. Equal to Pillow's
// convert('L') and to its 16-bit pixels (oracle in tools/oracles/dataio_images.py). Used by readFilm.
import type { GreyImage } from './GreyImage.ts'
import { greyOf } from './greyOf.ts'
import { ImageError } from './ImageError.ts'
import { headerOf } from './ImageLayout.ts'
import type { ImageLayout } from './ImageLayout.ts'
import { memorySource } from './ImageSource.ts'
import { loadSharp } from './loadSharp.ts'
import { orient } from './orient.ts'
import { LARGEST, readLayout } from './readLayout.ts'

interface Samples {
  readonly values: Uint8Array | Uint16Array
  readonly channels: number
}

/**
 * Asking sharp for the file's own colour space is what keeps values: any other one, or none, goes through sRGB in 8 bits.
 * Profiles are left alone for the same reason. libjpeg and libtiff only warn where they make up what a damaged file lacks,
 * so a warning is a failure; a PNG has checksums, and its warnings are about other things than pixels.
 */
const decoded = async (bytes: Uint8Array, layout: ImageLayout, file: string): Promise<Samples> => {
  const { format, rows, columns, bits, channels } = layout
  const sharp = await loadSharp()
  const spaces = channels === 'one' ? { 8: 'b-w', 16: 'grey16' } : { 8: 'srgb', 16: 'rgb16' }
  const { data, info } = await sharp(bytes, {
    failOn: format === 'png' ? 'error' : 'warning',
    limitInputPixels: LARGEST,
    ignoreIcc: true,
  })
    .toColourspace(spaces[bits])
    .raw({ depth: bits === 8 ? 'uchar' : 'ushort' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw new ImageError(file, 'corrupt', 'its pixels cannot be decoded', { cause })
    })
  if (info.height !== rows || info.width !== columns) {
    const sizes = `${rows} x ${columns}, its pixels ${info.height} x ${info.width}`
    throw new ImageError(file, 'corrupt', `its header says ${sizes}`)
  }
  const { buffer, byteOffset, length } = data
  const values =
    bits === 8 ? new Uint8Array(buffer, byteOffset, length) : new Uint16Array(buffer, byteOffset, length / 2)
  return { values, channels: info.channels }
}

/**
 * Reads a grey picture. 1, 2 and 4 bits are spread over 0 to 255; channels that are equal in every pixel are one; a fully
 * opaque alpha channel is dropped; the orientation that the file asks for is followed. Gamma and colour profiles change
 * nothing. JPEG and uncompressed TIFF have no checksums: damage that decodes is not found, and in a JPEG's last 8 rows
 * none is, as sharp heeds a warning one strip late; a file that was merely cut short is.
 * @param bytes the whole file
 * @param fileName for messages; nothing is opened
 * @throws ImageError for everything else, naming the file and how to recover
 */
export const readImage = async (bytes: Uint8Array, fileName: string): Promise<GreyImage> => {
  const layout = readLayout(memorySource(fileName, bytes))
  const { bits, rows, columns, orientation } = layout
  const { values, channels } = await decoded(bytes, layout, fileName)
  const grey =
    channels === 3 || channels === 4 ? greyOf(values, channels, bits === 8 ? 255 : 65535, columns, fileName) : values
  return { ...headerOf(layout), stored: orient(grey, rows, columns, orientation) }
}
