/**
 * Direct float64 solve of the five-point Laplacian on a rectangle that nothing but its held sides drives: with the
 * source's gradients, or with none, the correction is discretely harmonic inside. `blendRectangle` uses it; where the
 * guidance mixes two films the right-hand side has an inside, and `solveBox` is for that.
 *
 * Each side is expanded in the modes of its own axis, and mode k dies away from it as e^(−θ_k d), 4 sinh² θ/2 = its
 * eigenvalue. So a line d pixels inside needs only about 11 n / d of n modes: O(n² log n) for any n, with no transform
 * that wants n + 1 to have small factors.
 */
import type { FreeSides } from './solveBox.ts'
import { profileInto, sideModes, type SideModes } from './sideModes.ts'

/** What lies beyond each held side, its nearest pixel in order of columns or rows; undefined for a free side. */
export interface Frame {
  readonly left: Float64Array | undefined
  readonly right: Float64Array | undefined
  readonly top: Float64Array | undefined
  readonly bottom: Float64Array | undefined
}

/** Modes whose coefficients together are below this share of the greatest held value are left out of a line. */
const NEGLIGIBLE = 2 ** -47

/** u [rows, columns], row-major, harmonic inside, the frame's values beyond held sides; zero where none is held. */
export const solveFrame = (frame: Frame, rows: number, columns: number): Float64Array => {
  // The constant that fits best goes ahead: films that differ by a constant come out exact to the last bits.
  const held = [frame.top, frame.bottom, frame.left, frame.right].filter((side) => side !== undefined)
  let [sum, count, most] = [0, 0, 0]
  for (const side of held) {
    for (let i = 0; i < side.length; i++) sum += side[i]!
    count += side.length
  }
  const constant = count > 0 ? sum / count : 0
  const rest = (side: Float64Array | undefined): Float64Array | undefined => side?.map((value) => value - constant)
  const [top, bottom, left, right] = [rest(frame.top), rest(frame.bottom), rest(frame.left), rest(frame.right)]
  for (const side of [top, bottom, left, right]) for (const value of side ?? []) most = Math.max(most, Math.abs(value))
  const u = new Float64Array(rows * columns).fill(constant)
  if (most === 0) return u
  if (Number.isNaN(sum)) return u.fill(Number.NaN)
  const free: FreeSides = { left: !left, right: !right, top: !top, bottom: !bottom }
  const across = top || bottom ? sideModes(columns, free.left, free.right) : undefined
  if (across) addSides(u, rows, across, top, bottom, NEGLIGIBLE * most)
  if (left || right) {
    const turned = new Float64Array(rows * columns) // [columns, rows]
    const alike = rows === columns && free.left === free.top && free.right === free.bottom
    const down = (alike ? across : undefined) ?? sideModes(rows, free.top, free.bottom)
    addSides(turned, columns, down, left, right, NEGLIGIBLE * most)
    addTransposed(u, turned, rows, columns)
  }
  return u
}

/** Adds to u [depth, across] what two opposite sides, beyond its first and last line, bring in. */
const addSides = (
  u: Float64Array,
  depth: number,
  modes: SideModes,
  first: Float64Array | undefined,
  last: Float64Array | undefined,
  negligible: number,
): void => {
  const { across, kept, vectors, symmetric } = modes
  const [ofFirst, ofLast] = [first && modes.analyse(first), last && modes.analyse(last)]
  const otherFree = !first || !last
  const here = new Float64Array(across)
  const there = new Float64Array(across)
  const near = new Float64Array(across) // coefficients of line d
  const far = new Float64Array(across) // of its mirror image, line depth − 1 − d
  const classes = symmetric ? 2 : 1 // even and odd modes, which differ by a sign in the other half
  const sums = Array.from({ length: 2 * classes }, () => new Float64Array(kept))
  let needed = across
  for (let d = 0; 2 * d < depth; d++) {
    const mirror = depth - 1 - d
    let tail = 0
    let least = needed
    profileInto(here, modes.decays, needed, d + 1, depth, otherFree)
    profileInto(there, modes.decays, needed, depth - d, depth, otherFree)
    for (let k = needed - 1; k >= 0; k--) {
      const a = ofFirst ? ofFirst[k]! : 0
      const z = ofLast ? ofLast[k]! : 0
      near[k] = a * here[k]! + z * there[k]!
      far[k] = a * there[k]! + z * here[k]!
      tail += Math.abs(near[k]!) + Math.abs(far[k]!)
      if (tail < negligible) least = k
    }
    needed = least
    near.fill(0, needed)
    far.fill(0, needed)
    for (let c = 0; c < classes; c++) {
      const [nearSum, farSum] = [sums[2 * c]!, sums[2 * c + 1]!]
      nearSum.fill(0)
      farSum.fill(0)
      for (let k = c; k < needed; k += 4 * classes)
        addFourModes(nearSum, farSum, near, far, vectors, k, classes, across, kept)
    }
    write(u, d * across, across, sums[0]!, sums[2], kept)
    if (mirror !== d) write(u, mirror * across, across, sums[1]!, sums[3], kept)
  }
}

/** Four modes at two lines in one pass: eight products for each four loads, twice as fast as mode by mode. */
const addFourModes = (
  nearSum: Float64Array,
  farSum: Float64Array,
  near: Float64Array,
  far: Float64Array,
  vectors: Float64Array,
  k: number,
  step: number,
  across: number,
  kept: number,
): void => {
  // beyond the last mode its coefficient is taken as 0
  const k1 = Math.min(k + step, across - 1)
  const k2 = Math.min(k + 2 * step, across - 1)
  const k3 = Math.min(k + 3 * step, across - 1)
  const n0 = near[k]!
  const n1 = k + step < across ? near[k1]! : 0
  const n2 = k + 2 * step < across ? near[k2]! : 0
  const n3 = k + 3 * step < across ? near[k3]! : 0
  const f0 = far[k]!
  const f1 = k + step < across ? far[k1]! : 0
  const f2 = k + 2 * step < across ? far[k2]! : 0
  const f3 = k + 3 * step < across ? far[k3]! : 0
  const at0 = k * kept
  const at1 = k1 * kept
  const at2 = k2 * kept
  const at3 = k3 * kept
  for (let j = 0; j < kept; j++) {
    const v0 = vectors[at0 + j]!
    const v1 = vectors[at1 + j]!
    const v2 = vectors[at2 + j]!
    const v3 = vectors[at3 + j]!
    nearSum[j]! += n0 * v0 + n1 * v1 + (n2 * v2 + n3 * v3)
    farSum[j]! += f0 * v0 + f1 * v1 + (f2 * v2 + f3 * v3)
  }
}

/** Adds a line to u from the sums over even and over odd modes in its first half; from all of it where there is one sum. */
const write = (
  u: Float64Array,
  at: number,
  across: number,
  even: Float64Array,
  odd: Float64Array | undefined,
  kept: number,
): void => {
  if (!odd) {
    for (let j = 0; j < kept; j++) u[at + j]! += even[j]!
    return
  }
  for (let j = 0; j < kept; j++) u[at + j]! += even[j]! + odd[j]!
  for (let j = across - kept - 1; j >= 0; j--) u[at + across - 1 - j]! += even[j]! - odd[j]!
}

/** u [rows, columns] += turned [columns, rows] transposed, in blocks that stay in the cache. */
const addTransposed = (u: Float64Array, turned: Float64Array, rows: number, columns: number): void => {
  for (let r0 = 0; r0 < rows; r0 += 32) {
    for (let c0 = 0; c0 < columns; c0 += 32) {
      const [r1, c1] = [Math.min(r0 + 32, rows), Math.min(c0 + 32, columns)]
      for (let r = r0; r < r1; r++) for (let c = c0; c < c1; c++) u[r * columns + c]! += turned[c * rows + r]!
    }
  }
}
