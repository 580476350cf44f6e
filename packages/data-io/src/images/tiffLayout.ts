// The header of a TIFF (TIFF 6, BigTIFF): one grey, RGB or palette picture of 1 to 16 bits, in strips or tiles that all lie
// inside the file. Used by readLayout.
import { ORIENTATION } from './exifOrientation.ts'
import { ImageError } from './ImageError.ts'
import type { ImageLayout } from './ImageLayout.ts'
import type { ImageSource } from './ImageSource.ts'
import { orientationFrom } from './orient.ts'
import { readTiffDirectory } from './tiffDirectory.ts'
import type { TiffDirectory } from './tiffDirectory.ts'

const COLUMNS = 256
const ROWS = 257
const BITS = 258
const COMPRESSION = 259
const PHOTOMETRIC = 262
const SAMPLES = 277
const SAMPLE_FORMAT = 339
/** offsets and lengths of strips, of tiles */
const EXTENTS = [
  [273, 279],
  [324, 325],
] as const

/** none, CCITT (three kinds), LZW, JPEG, Deflate (two numbers), PackBits */
const READ_COMPRESSIONS = new Set([1, 2, 3, 4, 5, 7, 8, 32946, 32773])
/** samples a pixel, without and with alpha, by photometric interpretation: the two greys, RGB, palette, YCbCr */
const SAMPLE_COUNTS: Readonly<Record<number, ReadonlyArray<number>>> = {
  0: [1, 2],
  1: [1, 2],
  2: [3, 4],
  3: [1],
  6: [3],
}
const PALETTE = 3
const YCBCR = 6
const JPEG = 7

const bitsOf = ({ numbers }: TiffDirectory, oneChannel: boolean, file: string): 8 | 16 => {
  const bits = numbers(BITS) ?? [1]
  const formats = numbers(SAMPLE_FORMAT) ?? [1]
  const [first = 1] = bits
  const refuse = (what: string) => new ImageError(file, 'bits', what)
  if (formats.includes(3)) throw refuse('its pixels are floating-point numbers')
  if (formats.some((format) => format !== 1 && format !== 4)) throw refuse('its pixels have a sign')
  const read = oneChannel ? [1, 2, 4, 8, 16] : [8, 16]
  if (bits.some((each) => each !== first)) throw refuse('its channels differ in bits')
  if (!read.includes(first)) throw refuse(`its ${oneChannel ? 'pixels' : 'channels'} have ${first} bits`)
  return first === 16 ? 16 : 8
}

const checkExtents = ({ numbers }: TiffDirectory, { file, size }: ImageSource): void => {
  for (const [offsetsTag, lengthsTag] of EXTENTS) {
    const offsets = numbers(offsetsTag)
    if (!offsets) continue
    const lengths = numbers(lengthsTag)
    if (offsets.length === 0 || lengths?.length !== offsets.length) {
      throw new ImageError(file, 'corrupt', 'it does not say where its pixels end')
    }
    if (offsets.some((offset, i) => offset + lengths[i]! > size)) {
      throw new ImageError(file, 'truncated', 'the file ends inside its pixels')
    }
    return
  }
  throw new ImageError(file, 'corrupt', 'it does not say where its pixels are')
}

/**
 * @param source begins with TIFF's signature
 * @throws ImageError truncated, multi-frame, colour, bits, not-image (a compression that is not read) or corrupt
 */
export const tiffLayout = (source: ImageSource): ImageLayout => {
  const { file } = source
  const directory = readTiffDirectory(source)
  const { number } = directory
  const [rows, columns, photometric] = [number(ROWS), number(COLUMNS), number(PHOTOMETRIC)]
  if (rows === undefined || columns === undefined || photometric === undefined) {
    throw new ImageError(file, 'corrupt', 'its size or the meaning of its pixels is missing')
  }
  if (directory.next() !== 0) throw new ImageError(file, 'multi-frame', 'it holds more than one picture')

  const compression = number(COMPRESSION) ?? 1
  if (!READ_COMPRESSIONS.has(compression)) {
    throw new ImageError(file, 'not-image', `its compression (TIFF's number ${compression}) is not read`)
  }
  const samples = number(SAMPLES) ?? 1
  const known = SAMPLE_COUNTS[photometric]?.includes(samples) && (photometric !== YCBCR || compression === JPEG)
  if (!known) {
    throw new ImageError(file, 'colour', `its pixels have ${samples} channel(s) of TIFF's colour kind ${photometric}`)
  }
  const bits = bitsOf(directory, samples === 1, file)
  if (photometric === PALETTE && bits === 16) throw new ImageError(file, 'bits', 'its palette has 16 bits')
  checkExtents(directory, source)
  return {
    format: 'tiff',
    rows,
    columns,
    bits,
    channels: samples === 1 && photometric !== PALETTE ? 'one' : 'several',
    orientation: orientationFrom(number(ORIENTATION)),
  }
}
