// Grey pixels to a picture file: one channel, PNG and TIFF without loss in 8 or 16 bits, JPEG in 8. No date and no name
// goes in, so the same pixels give the same bytes (with one version of sharp). readImage and Pillow read what it writes.
// Used to write phantom folders and contact sheets.
import type { ImageFormat } from './GreyImage.ts'
import { ImageError } from './ImageError.ts'
import { loadSharp } from './loadSharp.ts'
import { LARGEST } from './readLayout.ts'

export interface ImageToWrite {
  readonly format: ImageFormat
  readonly rows: number
  readonly columns: number
  /** [rows · columns], row-major, 0 is black; the array's type decides between 8 and 16 bits */
  readonly stored: Uint8Array | Uint16Array
}

export interface EncodeImageOptions {
  /** JPEG: 1 to 100. @default 95 */
  readonly quality?: number
  /** PNG: 0 (fast) to 9 (small). @default 6 */
  readonly compression?: number
  /** its name, for messages. @default 'the picture to write' */
  readonly file?: string
}

/** libjpeg's own limit */
const LONGEST_JPEG_SIDE = 65_500

const check = ({ format, rows, columns, stored }: ImageToWrite, file: string): void => {
  const sides = [rows, columns]
  const size = `${rows} x ${columns}`
  if (!sides.every((side) => Number.isInteger(side) && side >= 1) || stored.length !== rows * columns) {
    throw new ImageError(file, 'corrupt', `${stored.length} values are no picture of ${size}`)
  }
  if (stored.length > LARGEST || (format === 'jpeg' && Math.max(...sides) > LONGEST_JPEG_SIDE)) {
    throw new ImageError(file, 'too-large', `it has ${size} pixels`)
  }
  if (format === 'jpeg' && stored instanceof Uint16Array) {
    throw new ImageError(file, 'bits', 'a JPEG holds 8 bits, these pixels have 16')
  }
}

/**
 * The bytes of the file.
 * @throws ImageError corrupt, where the number of values is not rows · columns; too-large; bits, for 16 bits as JPEG
 */
export const encodeImage = async (image: ImageToWrite, options: EncodeImageOptions = {}): Promise<Uint8Array> => {
  const { quality = 95, compression = 6, file = 'the picture to write' } = options
  check(image, file)
  const { format, rows, columns, stored } = image
  const sharp = await loadSharp()
  // without the colour space of its own depth sharp writes three channels of 8 bits
  const grey = sharp(stored, {
    raw: { width: columns, height: rows, channels: 1 },
    limitInputPixels: LARGEST,
  }).toColourspace(stored instanceof Uint16Array ? 'grey16' : 'b-w')
  const writers = {
    png: () => grey.png({ compressionLevel: compression, adaptiveFiltering: true }),
    jpeg: () => grey.jpeg({ quality }),
    tiff: () => grey.tiff({ compression: 'deflate', predictor: 'horizontal' }),
  }
  const { buffer, byteOffset, length } = await writers[format]().toBuffer()
  return new Uint8Array(buffer, byteOffset, length)
}
