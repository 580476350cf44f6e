/** Masks of findings: above a quarter of the signal's greatest value on the render grid, then box-averaged to a film. */
import { JUDGE_GRID, type CellBox } from './boxFromMask.ts'

const THRESHOLD = 0.25

/** Mask (0 or 1) on `size`² of a signal map on the render grid; a cell counts where at least half of it is marked. */
export function maskOf(signal: Float64Array, renderSize: number, size: number): Uint8Array {
  let most = 0
  for (const value of signal) if (value > most) most = value
  const mask = new Uint8Array(size * size)
  if (most === 0) return mask
  const least = THRESHOLD * most
  const factor = renderSize / size
  const half = (factor * factor) / 2
  for (let j = 0, o = 0; j < size; j++) {
    for (let i = 0; i < size; i++, o++) {
      let marked = 0
      for (let b = 0; b < factor; b++) {
        const start = (j * factor + b) * renderSize + i * factor
        for (let a = 0; a < factor; a++) if (signal[start + a]! > least) marked++
      }
      if (marked >= half) mask[o] = 1
    }
  }
  return mask
}

/** The mask without what lies outside its box. */
export function clipToBox(mask: Uint8Array, size: number, box: CellBox): Uint8Array {
  const clipped = new Uint8Array(mask.length)
  const cell = JUDGE_GRID / size
  for (let j = 0, o = 0; j < size; j++) {
    const y = (j + 0.5) * cell
    for (let i = 0; i < size; i++, o++) {
      const x = (i + 0.5) * cell
      if (x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1) clipped[o] = mask[o]!
    }
  }
  return clipped
}
