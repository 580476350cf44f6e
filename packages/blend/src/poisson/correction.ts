/**
 * The linear system behind every Poisson blend here (Pérez, Gangnet and Blake 2003, eq 7), written for the correction
 * u = f − base. With f = target outside the mask Ω, guidance v and N(p) the neighbours of p inside the film,
 *
 *   Σ_{q ∈ N(p)} (f_p − f_q) = Σ_{q ∈ N(p)} v_pq          for p ∈ Ω
 *   |N(p)| u_p − Σ_{q ∈ N(p) ∩ Ω} u_q = Σ_{q ∈ N(p) \ Ω} (target_q − base_q) + Σ_{q ∈ N(p)} (v_pq − base_p + base_q)
 *
 * A neighbour beyond the film's edge simply is not there: that is the Neumann condition. With base = source the last
 * sum is zero for plain guidance, so u is the smooth membrane that carries the difference of the two films inwards,
 * and films that differ by a constant come out exact to the last bits. `poissonBlend` and `poissonBlendBox` solve it.
 */

/** One film, row-major [height, width], values in [0, 1]. */
export type FilmPixels = Float32Array | Float64Array

/**
 * - `source`: the source's gradients (G8).
 * - `mixed`: at each pair of neighbours the stronger of the two films' gradients, so that the target's edges stay.
 * - `zero`: none: the membrane that the boundary alone spans (tests, and filling a region).
 */
export type Guidance = 'source' | 'mixed' | 'zero'

/** What every solver here takes beside the films. */
export interface PoissonOptions {
  /** @default 'source' */
  readonly guidance?: Guidance
  /** Hold solved pixels to [0, 1]; blending may leave it. Each function says its default. */
  readonly clamp?: boolean
}

/** Right-hand side for each of `pixels` (film indices, all in the mask). */
export const rightHandSide = (
  source: FilmPixels,
  target: FilmPixels,
  mask: Uint8Array,
  pixels: Int32Array,
  height: number,
  width: number,
  guidance: Guidance,
): Float64Array => {
  const rhs = new Float64Array(pixels.length)
  for (let i = 0; i < pixels.length; i++) {
    const p = pixels[i]!
    const x = p % width
    let sum = 0
    for (let side = 0; side < 4; side++) {
      if (side === 0 ? x === 0 : side === 1 ? x === width - 1 : side === 2 ? p < width : p >= (height - 1) * width)
        continue
      const q = side === 0 ? p - 1 : side === 1 ? p + 1 : side === 2 ? p - width : p + width
      if (!mask[q]) sum += target[q]! - (guidance === 'zero' ? 0 : source[q]!)
      if (guidance === 'mixed') {
        const fromSource = source[p]! - source[q]!
        const fromTarget = target[p]! - target[q]!
        if (Math.abs(fromTarget) > Math.abs(fromSource)) sum += fromTarget - fromSource
      }
    }
    rhs[i] = sum
  }
  return rhs
}

/** Writes f = base + u into `out`; without any boundary u is shifted so that the mean over `pixels` is the target's. */
export const writeCorrection = (
  out: FilmPixels,
  u: Float64Array,
  source: FilmPixels,
  target: FilmPixels,
  pixels: Int32Array,
  { guidance = 'source', clamp = false }: PoissonOptions,
): void => {
  const base = guidance === 'zero' ? undefined : source
  let shift = 0
  if (pixels.length === target.length) {
    for (let i = 0; i < pixels.length; i++) shift += target[i]! - (base?.[i] ?? 0) - u[i]!
    shift /= pixels.length
  }
  for (let i = 0; i < pixels.length; i++) {
    const p = pixels[i]!
    const value = (base?.[p] ?? 0) + u[i]! + shift
    out[p] = clamp ? Math.min(Math.max(value, 0), 1) : value
  }
}
