// A PNG encoder (W3C PNG, third edition): 8-bit grey and RGB. Equal pixels give equal bytes with one version of zlib, so
// that pictures can be content-addressed. Used by greySheet and filmStrip, and by stages that keep single films.
import { crc32, deflateSync } from 'node:zlib'
import { FigureError } from '../FigureError.ts'

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

const chunk = (type: string, data: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(12 + data.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, data.length)
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

const paeth = (left: number, up: number, upLeft: number): number => {
  const estimate = left + up - upLeft
  const byLeft = Math.abs(estimate - left)
  const byUp = Math.abs(estimate - up)
  const byUpLeft = Math.abs(estimate - upLeft)
  if (byLeft <= byUp && byLeft <= byUpLeft) return left
  return byUp <= byUpLeft ? up : upLeft
}

// Filter types 0 to 4: none, sub, up, average, Paeth.
const predictors: ReadonlyArray<(left: number, up: number, upLeft: number) => number> = [
  () => 0,
  (left) => left,
  (_, up) => up,
  (left, up) => (left + up) >>> 1,
  paeth,
]

/** Each row by the filter with the smallest sum of absolute residuals, the heuristic of the PNG specification (12.7). */
const filterRows = (pixels: Uint8Array, height: number, stride: number, channels: number): Uint8Array => {
  const out = new Uint8Array(height * (stride + 1))
  const candidate = new Uint8Array(stride)
  for (let row = 0; row < height; row++) {
    let best = Infinity
    predictors.forEach((predict, type) => {
      let cost = 0
      for (let i = 0; i < stride; i++) {
        const at = row * stride + i
        const left = i >= channels ? pixels[at - channels]! : 0
        const up = row > 0 ? pixels[at - stride]! : 0
        const upLeft = i >= channels && row > 0 ? pixels[at - stride - channels]! : 0
        const residual = (pixels[at]! - predict(left, up, upLeft)) & 0xff
        candidate[i] = residual
        cost += residual < 128 ? residual : 256 - residual
      }
      if (cost < best) {
        best = cost
        out[row * (stride + 1)] = type
        out.set(candidate, row * (stride + 1) + 1)
      }
    })
  }
  return out
}

/**
 * The bytes of a PNG file.
 * @param picture pixels row-major, 8 bits: [height, width] for grey or [height, width, 3] for RGB, told apart by length
 * @throws FigureError when the pixels are neither
 */
export const encodePng = (picture: {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8Array
}): Uint8Array => {
  const { width, height, pixels } = picture
  const channels = pixels.length / (width * height)
  if (!Number.isSafeInteger(width) || !Number.isSafeInteger(height) || width < 1 || height < 1) {
    throw new FigureError('encodePng', `a picture of ${height} x ${width} has no pixels`)
  }
  if (channels !== 1 && channels !== 3) {
    throw new FigureError(
      'encodePng',
      `${pixels.length} bytes are neither grey nor RGB for a picture of ${height} x ${width} (${height * width} pixels)`,
    )
  }
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, width)
  view.setUint32(4, height)
  header[8] = 8 // bits a sample
  header[9] = channels === 1 ? 0 : 2 // colour type: grey or RGB
  const data = deflateSync(filterRows(pixels, height, width * channels, channels), { level: 9 })
  const parts = [SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', new Uint8Array(0))]
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    bytes.set(part, offset)
    offset += part.length
  }
  return bytes
}
