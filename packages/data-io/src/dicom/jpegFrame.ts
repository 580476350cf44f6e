// The marker segments of a JPEG or JPEG-LS stream up to its first scan (T.81 annex B, T.87 annex C), and the frame header
// among them. Used by the decoders of JPEG baseline, JPEG lossless and JPEG-LS.
import type { StreamFrame } from './StreamFrame.ts'

export interface JpegSegment {
  /** second byte of the marker: 0xc4 for DHT */
  readonly marker: number
  /** of the payload, after the length */
  readonly start: number
  readonly end: number
}

export interface JpegFrame extends StreamFrame {
  /** second byte of the frame's marker: 0xc0 baseline, 0xc3 lossless, 0xf7 JPEG-LS */
  readonly marker: number
}

const START_OF_IMAGE = 0xd8
const END_OF_IMAGE = 0xd9
export const START_OF_SCAN = 0xda

/** Segments from the start up to the first scan header, which is the last; fewer where the stream breaks off. */
export const jpegSegments = (stream: Uint8Array): ReadonlyArray<JpegSegment> => {
  const found: JpegSegment[] = []
  if (stream[0] !== 0xff || stream[1] !== START_OF_IMAGE) return found
  let at = 2
  while (at + 4 <= stream.length && stream[at] === 0xff) {
    const marker = stream[at + 1]!
    if (marker === 0xff)
      at++ // a fill byte
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2
    else {
      const length = (stream[at + 2]! << 8) | stream[at + 3]!
      const end = at + 2 + length
      if (marker === END_OF_IMAGE || length < 2 || end > stream.length) return found
      found.push({ marker, start: at + 4, end })
      if (marker === START_OF_SCAN) return found
      at = end
    }
  }
  return found
}

const isFrame = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) || marker === 0xf7

/** The first frame header; undefined where there is none. */
export const jpegFrame = (stream: Uint8Array): JpegFrame | undefined => {
  const segment = jpegSegments(stream).find(({ marker }) => isFrame(marker))
  if (segment === undefined || segment.end - segment.start < 6) return undefined
  const { marker, start } = segment
  return {
    marker,
    precision: stream[start]!,
    rows: (stream[start + 1]! << 8) | stream[start + 2]!,
    columns: (stream[start + 3]! << 8) | stream[start + 4]!,
    components: stream[start + 5]!,
  }
}
