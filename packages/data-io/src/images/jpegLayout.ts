// The header of a JPEG (ITU-T T.81 annex B): the segments before its first scan, and whether its end marker is there.
// Used by readLayout.
import { exifOrientation } from './exifOrientation.ts'
import { findLast } from './findLast.ts'
import { ImageError } from './ImageError.ts'
import type { ImageLayout } from './ImageLayout.ts'
import type { ImageSource } from './ImageSource.ts'
import type { Orientation } from './orient.ts'

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const APP1 = 0xe1
/** frames: baseline, extended and progressive, by Huffman or arithmetic coding; the others are lossless or hierarchical */
const READ_FRAMES = new Set([0xc0, 0xc1, 0xc2, 0xc9, 0xca])
/** lie between the frames: Huffman tables, an extension, arithmetic conditioning */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc])
const EXIF = [0x45786966, 0] as const // "Exif", two zero bytes
const EXIF_HEAD = 6
/** Segments and fill bytes ahead of the pixels: far more than any writer makes, so that a hostile file ends soon. */
const MOST_SEGMENTS = 10_000
const MOST_FILL = 2 ** 20

type Frame = Pick<ImageLayout, 'rows' | 'columns' | 'channels'>

const frameOf = (source: ImageSource, marker: number, at: number): Frame => {
  if (!READ_FRAMES.has(marker)) {
    throw new ImageError(source.file, 'not-image', `its kind of JPEG (SOF${marker - 0xc0}) is not read`)
  }
  const segment = source.read(at, 6)
  const [precision, components] = [segment.getUint8(0), segment.getUint8(5)]
  if (precision !== 8) throw new ImageError(source.file, 'bits', `it is a JPEG of ${precision} bits`)
  if (components !== 1 && components !== 3) {
    throw new ImageError(source.file, 'colour', `it has ${components} channels${components === 4 ? ' (CMYK)' : ''}`)
  }
  const channels = components === 1 ? 'one' : 'several'
  return { rows: segment.getUint16(1), columns: segment.getUint16(3), channels }
}

/** The orientation, where the segment is an EXIF block. */
const orientationOf = (source: ImageSource, at: number, length: number): Orientation | undefined => {
  if (length < EXIF_HEAD) return undefined
  const head = source.read(at, EXIF_HEAD)
  if (head.getUint32(0) !== EXIF[0] || head.getUint16(4) !== EXIF[1]) return undefined
  return exifOrientation(source.read(at + EXIF_HEAD, length - EXIF_HEAD))
}

/**
 * @param source begins with a JPEG's first marker
 * @throws ImageError truncated, colour (CMYK), bits (12-bit JPEG), not-image (lossless JPEG) or corrupt
 */
export const jpegLayout = (source: ImageSource): ImageLayout => {
  const corrupt = (what: string) => new ImageError(source.file, 'corrupt', what)
  let frame: Frame | undefined
  let orientation: Orientation | undefined
  let at = 2
  let fill = 0
  let segments = 0
  for (;;) {
    const head = source.read(at, 4)
    const marker = head.getUint8(1)
    const length = head.getUint16(2)
    if (head.getUint8(0) !== 0xff) throw corrupt('its header is no sequence of segments')
    if (marker === 0xff) {
      at += 1
      if (++fill > MOST_FILL) throw corrupt(`its header has more than ${MOST_FILL} fill bytes`)
      continue
    }
    if (marker === SOS) break
    if (++segments > MOST_SEGMENTS) throw corrupt(`its header has more than ${MOST_SEGMENTS} segments`)
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= EOI) || length < 2) {
      throw corrupt(marker === EOI ? 'it holds no pixels' : 'its header is no sequence of segments')
    }
    if (marker < SOI && !NO_FRAMES.has(marker)) frame ??= frameOf(source, marker, at + 4)
    if (marker === APP1) orientation ??= orientationOf(source, at + 4, length - 2)
    at += 2 + length
  }
  if (!frame) throw corrupt('it has no frame header before its pixels')
  // FFD9 never lies inside compressed pixels, so a file cut there has none
  const end = findLast(source, at, Uint8Array.of(0xff, EOI))
  if (end === undefined) throw new ImageError(source.file, 'truncated', 'its end marker is missing')
  return { format: 'jpeg', bits: 8, orientation: orientation ?? 1, ...frame }
}
