// Which of three formats a file is, by its first bytes, and what its header says. No decoder sees a file that is not PNG,
// JPEG or TIFF: sharp would open SVG too, which can name other files. Used by readImage and checkImageFile.
import type { ImageFormat } from './GreyImage.ts'
import { ImageError } from './ImageError.ts'
import type { ImageLayout } from './ImageLayout.ts'
import type { ImageSource } from './ImageSource.ts'
import { jpegLayout } from './jpegLayout.ts'
import { pngLayout } from './pngLayout.ts'
import { tiffLayout } from './tiffLayout.ts'

/** More pixels than any film; a picture of more is refused before it is decoded. */
export const LARGEST = 100_000_000

type Signature<Name> = readonly [name: Name, offset: number, bytes: string]

const READ: ReadonlyArray<Signature<ImageFormat>> = [
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['tiff', 0, 'II\x2a\0'],
  ['tiff', 0, 'MM\0\x2a'],
  ['tiff', 0, 'II\x2b\0'],
  ['tiff', 0, 'MM\0\x2b'],
]
/** for messages only */
const OTHERS: ReadonlyArray<Signature<string>> = [
  ['a DICOM file', 128, 'DICM'],
  ['a GIF', 0, 'GIF8'],
  ['a WebP', 8, 'WEBP'],
  ['a HEIF or AVIF', 4, 'ftyp'],
  ['a BMP', 0, 'BM'],
  ['a JPEG 2000', 4, 'jP  '],
  ['a PDF', 0, '%PDF'],
  ['markup text, such as SVG or HTML', 0, '<'],
]
const HEAD = 132

const LAYOUTS: Readonly<Record<ImageFormat, (source: ImageSource) => ImageLayout>> = {
  png: pngLayout,
  jpeg: jpegLayout,
  tiff: tiffLayout,
}

const named = <Name>(head: string, signatures: ReadonlyArray<Signature<Name>>): Name | undefined =>
  signatures.find(([, offset, bytes]) => head.startsWith(bytes, offset))?.[0]

/** @throws ImageError for everything that the header and the ends of the file show */
export const readLayout = (source: ImageSource): ImageLayout => {
  const { file, size } = source
  const view = source.read(0, Math.min(HEAD, size))
  const head = Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('latin1')
  const format = named(head, READ)
  if (!format) {
    const other = named(head, OTHERS)
    const what = other ? `it is ${other}` : 'it begins as neither PNG nor JPEG nor TIFF'
    throw new ImageError(file, 'not-image', size === 0 ? 'the file is empty' : what)
  }
  const layout = LAYOUTS[format](source)
  const { rows, columns } = layout
  if (rows < 1 || columns < 1) throw new ImageError(file, 'corrupt', `its size is ${rows} x ${columns}`)
  if (rows * columns > LARGEST) throw new ImageError(file, 'too-large', `it has ${rows} x ${columns} pixels`)
  return layout
}
