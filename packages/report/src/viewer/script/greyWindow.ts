// Window and level: which values of a layer are shown from black to white. Values are in the layer's own units; a pixel
// g in [0, 1] of its picture stands for low + g (high − low).
import { formatNumber } from '../../text/formatNumber.ts'
import type { LayerData } from '../ViewerData.ts'

export interface Range {
  readonly low: number
  readonly high: number
}

/** Shown black, shown white; from < to. The level is their middle, the width their distance. */
export interface GreyWindow {
  readonly from: number
  readonly to: number
}

/** A range that is not given, or holds one value, is shown as pixels from 0 to 1. */
export const rangeOf = ({ low, high }: Pick<LayerData, 'low' | 'high'>): Range =>
  low === null || high === null || low === high ? { low: 0, high: 1 } : { low, high }

/** Layers of one range share a window. */
export const rangeKey = ({ low, high }: Range): string => `${low},${high}`

export const spanOf = ({ low, high }: Range): number => Math.abs(high - low)

export const fullWindow = ({ low, high }: Range): GreyWindow => ({ from: Math.min(low, high), to: Math.max(low, high) })

/** One grey of 8 bits to the whole range; the level stays inside the range. */
export const windowAt = (range: Range, level: number, width: number): GreyWindow => {
  const { from, to } = fullWindow(range)
  const half = Math.min(Math.max(width, spanOf(range) / 255), spanOf(range)) / 2
  const middle = Math.min(Math.max(level, from), to)
  return { from: middle - half, to: middle + half }
}

export const levelOf = ({ from, to }: GreyWindow): number => (from + to) / 2
export const widthOf = ({ from, to }: GreyWindow): number => to - from

/** A quarter of the range around the level that is set. */
export const narrowWindow = (range: Range, window: GreyWindow): GreyWindow =>
  windowAt(range, levelOf(window), spanOf(range) / 4)

/** From the 2nd to the 98th of a hundred pixels: what lies beyond is mostly the ground beside the body. @param pixels 0 to 255 */
export const automaticWindow = (range: Range, pixels: Uint8Array): GreyWindow => {
  const sorted = pixels.toSorted()
  const at = (share: number): number => valueOf(range, sorted[Math.round(share * (sorted.length - 1))]!)
  const [a, b] = [at(0.02), at(0.98)]
  return windowAt(range, (a + b) / 2, Math.abs(b - a))
}

/** @param pixel 0 to 255 */
export const valueOf = ({ low, high }: Range, pixel: number): number => low + (pixel / 255) * (high - low)

/**
 * The window as a line on pixels: shown = slope · g + intercept, cut to [0, 1].
 * (v − from) / (to − from) with v = low + g (high − low); inverted, 1 minus that.
 */
export const transferOf = (
  { low, high }: Range,
  { from, to }: GreyWindow,
  invert: boolean,
): { readonly slope: number; readonly intercept: number } => {
  const slope = (high - low) / (to - from)
  const intercept = (low - from) / (to - from)
  return invert ? { slope: -slope, intercept: 1 - intercept } : { slope, intercept }
}

/** A value with as many digits as tell one grey from the next. */
export const valueText = (range: Range, value: number): string =>
  formatNumber(value, Math.min(Math.max(Math.ceil(-Math.log10(spanOf(range) / 255)), 0), 12))
