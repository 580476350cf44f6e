// Pixel ranges as types: networks work in [-1, 1], blending and metrics in [0, 1], and the compiler keeps them apart.
// Normalisation mix-ups are the most common silent error of this field; here they are a type error or a PixelRangeError.

declare const range: unique symbol

/** Pixels in [0, 1]: blending, metrics, figures. */
export type UnitPixels = Float32Array & { readonly [range]: 'unit' }
/** Pixels in [-1, 1]: networks. */
export type SignedPixels = Float32Array & { readonly [range]: 'signed' }
/** Pixels in [-1024, 1024]: networks with torchxrayvision's weights (row C1), and nothing else. */
export type XrvPixels = Float32Array & { readonly [range]: 'xrv' }

/** Thrown where pixels lie outside the range that the caller promised. */
export class PixelRangeError extends Error {
  readonly _tag = 'PixelRangeError'
  override readonly name = 'PixelRangeError'
  /** Smallest and largest pixel found; NaN when a pixel is NaN. */
  readonly min: number
  readonly max: number
  readonly hint: string

  constructor(expected: string, min: number, max: number, hint = hintFor(min, max)) {
    super(`pixels reach from ${min} to ${max}, expected ${expected}: ${hint}`)
    this.min = min
    this.max = max
    this.hint = hint
  }
}

const hintFor = (min: number, max: number): string => {
  if (Number.isNaN(min)) return 'there are NaN among them; look at the step that made them'
  if (min >= -1 - TOLERANCE && max <= 1 + TOLERANCE) return 'they look like [-1, 1]; toUnit(asSigned(pixels)) converts'
  if (min >= 0 && max <= 255) return 'they look like 8 bits; divide by 255'
  if (min >= 0 && max <= 65535)
    return 'they look like raw 10 to 16 bit values; apply the window or divide by 2^bits - 1'
  if (min >= -1.5 && max <= 1.5) return 'they overshoot, as interpolation and networks do; clamp them if that is meant'
  if (min < -255 && min >= -XRV && max <= XRV)
    return 'they look like torchxrayvision’s [-1024, 1024]; (x / 1024 + 1) / 2 gives [0, 1]'
  return 'they look like raw or standardised values; apply the window of their source first'
}

/** torchxrayvision's pixels reach from -1024 to 1024 (`utils.normalize`). */
const XRV = 1024

/** Float32 rounding of sums and resampling stays far below this. */
const TOLERANCE = 1e-6

const assertRange = (pixels: Float32Array, low: number, high: number): readonly [min: number, max: number] => {
  let min = Infinity
  let max = -Infinity
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!
    if (Number.isNaN(value)) throw new PixelRangeError(`[${low}, ${high}]`, NaN, NaN)
    if (value < min) min = value
    if (value > max) max = value
  }
  if (min < low - TOLERANCE || max > high + TOLERANCE) throw new PixelRangeError(`[${low}, ${high}]`, min, max)
  return [min, max]
}

/**
 * The same array, checked to lie in [0, 1] within 1e-6, and typed so.
 * @throws PixelRangeError with the range found and what it looks like
 */
export const asUnit = (pixels: Float32Array): UnitPixels => {
  assertRange(pixels, 0, 1)
  return pixels as UnitPixels
}

/**
 * The same array, checked to lie in [-1, 1] within 1e-6, and typed so. Pixels in [0, 1] pass too: no check can tell.
 * @throws PixelRangeError with the range found and what it looks like
 */
export const asSigned = (pixels: Float32Array): SignedPixels => {
  assertRange(pixels, -1, 1)
  return pixels as SignedPixels
}

/**
 * The same array, checked to lie in [-1024, 1024], and typed so. Pixels that stay within [-1.5, 1.5] are refused: a film
 * in that range would be one flat grey, so it is one that was not scaled.
 * @throws PixelRangeError with the range found and what it looks like
 */
export const asXrv = (pixels: Float32Array): XrvPixels => {
  const [min, max] = assertRange(pixels, -XRV, XRV)
  if (pixels.length > 0 && min >= -1.5 && max <= 1.5) {
    throw new PixelRangeError(`[${-XRV}, ${XRV}]`, min, max, 'they were not scaled; toXrv(asUnit(pixels)) does it')
  }
  return pixels as XrvPixels
}

/** (2 x - 1) · 1024, as a new array: torchxrayvision's `normalize` of pixels in [0, 1] (row C1). */
export const toXrv = (pixels: UnitPixels): XrvPixels => pixels.map((value) => (2 * value - 1) * XRV) as XrvPixels

/** 2 x - 1, as a new array. */
export const toSigned = (pixels: UnitPixels): SignedPixels => pixels.map((value) => 2 * value - 1) as SignedPixels

/** (x + 1) / 2 clamped to [0, 1], as a new array: what a generator's output becomes before blending or measuring. */
export const toUnit = (pixels: SignedPixels): UnitPixels =>
  pixels.map((value) => Math.min(Math.max((value + 1) / 2, 0), 1)) as UnitPixels
