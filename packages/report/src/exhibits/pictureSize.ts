// Width and height that a picture says of itself, so that the page is laid out before it is decoded.
import type { Figure } from '@radiograft/pipeline'

export interface PictureSize {
  readonly width: number
  readonly height: number
}

const readable = (width: number, height: number): PictureSize | undefined =>
  width >= 1 && height >= 1 && width < 100_000 && height < 100_000 ? { width, height } : undefined

/** PNG, "Specification", 11.2.2: IHDR is the first chunk; width and height are big-endian at bytes 16 and 20. */
const ofPng = (bytes: Uint8Array): PictureSize | undefined => {
  if (bytes.length < 24) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return readable(view.getUint32(16), view.getUint32(20))
}

const ofSvg = (text: string): PictureSize | undefined => {
  const open = /<svg\b[^>]*>/.exec(text)?.[0] ?? ''
  const side = (name: string): number => Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(open)?.[1] ?? NaN)
  return readable(Math.round(side('width')), Math.round(side('height')))
}

/** Undefined where the picture does not say it. */
export const pictureSize = ({ mediaType, bytes }: Figure): PictureSize | undefined =>
  mediaType === 'image/png' ? ofPng(bytes) : ofSvg(Buffer.from(bytes).toString('utf8'))
