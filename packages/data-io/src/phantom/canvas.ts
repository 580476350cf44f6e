/**
 * The render grid of one film: patient coordinates of every pixel centre, windows around shapes, and the capsule that
 * vessels, bronchi, lines and arms are made of. Bodies are evaluated analytically at the inverse-mapped pixel, so that
 * nothing is ever resampled.
 */
import type { Film } from './film.ts'

const { floor, max, min, sqrt } = Math

/** Pixel ranges, upper bounds excluded. */
export interface PixelWindow {
  readonly x0: number
  readonly x1: number
  readonly y0: number
  readonly y1: number
}

/** Thin lines keep their area: a capsule is never narrower than this many render pixels. */
const THINNEST = 0.65

export class Canvas {
  /** Patient x (0 = midline) and y of each pixel, row-major. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly whole: PixelWindow
  readonly film: Film
  /** Pixels along a side. */
  readonly size: number

  constructor(film: Film, size: number) {
    this.film = film
    this.size = size
    this.x = new Float64Array(size * size)
    this.y = new Float64Array(size * size)
    this.whole = { x0: 0, x1: size, y0: 0, y1: size }
    const { cos, sin } = film.turn
    for (let j = 0, o = 0; j < size; j++) {
      const b = ((j + 0.5) / size - 0.5 - film.ty) / film.scale
      for (let i = 0; i < size; i++, o++) {
        const a = ((i + 0.5) / size - 0.5 - film.tx) / film.scale
        this.x[o] = a * cos + b * sin
        this.y[o] = b * cos - a * sin + 0.5
      }
    }
  }

  /** An empty map of the canvas's size. */
  map(): Float64Array {
    return new Float64Array(this.size * this.size)
  }

  /** Pixels that hold the patient rectangle [x0, x1] × [y0, y1]; possibly empty, never outside the canvas. */
  window(x0: number, y0: number, x1: number, y1: number): PixelWindow {
    const { film, size } = this
    const { cos, sin } = film.turn
    let left = Infinity
    let right = -Infinity
    let top = Infinity
    let bottom = -Infinity
    for (const x of [x0, x1]) {
      for (const y of [y0 - 0.5, y1 - 0.5]) {
        const u = 0.5 + film.tx + film.scale * (x * cos - y * sin)
        const v = 0.5 + film.ty + film.scale * (x * sin + y * cos)
        left = min(left, u)
        right = max(right, u)
        top = min(top, v)
        bottom = max(bottom, v)
      }
    }
    return {
      x0: max(0, floor(left * size) - 1),
      x1: min(size, floor(right * size) + 2),
      y0: max(0, floor(top * size) - 1),
      y1: min(size, floor(bottom * size) + 2),
    }
  }

  /**
   * Chord of a capsule from (xa, ya) with radius ra to (xb, yb) with radius rb, times `amount`, added to `map` or
   * merged by maximum. Radii below THINNEST pixels are drawn that wide with the same area.
   */
  capsule(
    map: Float64Array,
    xa: number,
    ya: number,
    xb: number,
    yb: number,
    ra: number,
    rb: number,
    amount = 1,
    merge: 'add' | 'max' = 'add',
  ): void {
    const { film, size, x, y } = this
    const { cos, sin } = film.turn
    const thinnest = THINNEST / size / film.scale
    const pad = max(ra, rb, thinnest) * film.scale + 1.5 / size
    const ua = 0.5 + film.tx + film.scale * (xa * cos - (ya - 0.5) * sin)
    const ub = 0.5 + film.tx + film.scale * (xb * cos - (yb - 0.5) * sin)
    const va = 0.5 + film.ty + film.scale * (xa * sin + (ya - 0.5) * cos)
    const vb = 0.5 + film.ty + film.scale * (xb * sin + (yb - 0.5) * cos)
    const i0 = max(0, floor((min(ua, ub) - pad) * size))
    const i1 = min(size, floor((max(ua, ub) + pad) * size) + 2)
    const j0 = max(0, floor((min(va, vb) - pad) * size))
    const j1 = min(size, floor((max(va, vb) + pad) * size) + 2)
    const dx = xb - xa
    const dy = yb - ya
    const l2 = dx * dx + dy * dy + 1e-12
    const widens = rb - ra
    for (let j = j0; j < j1; j++) {
      for (let i = i0, o = j * size + i0; i < i1; i++, o++) {
        const px = x[o]! - xa
        const py = y[o]! - ya
        const along = (px * dx + py * dy) / l2
        const t = along < 0 ? 0 : along > 1 ? 1 : along
        const ex = px - t * dx
        const ey = py - t * dy
        const r = ra + widens * t
        const drawn = r > thinnest ? r : thinnest
        const h = drawn * drawn - (ex * ex + ey * ey)
        if (h <= 0) continue
        const thinner = r / drawn
        const chord = 2 * sqrt(h) * (thinner * thinner) * amount
        if (merge === 'add') map[o]! += chord
        else if (chord > map[o]!) map[o] = chord
      }
    }
  }
}
