/**
 * Direct float64 solve of the five-point Laplacian on a rectangle, each side held (Dirichlet: its values are in the
 * right-hand side) or free (Neumann: the film ends there). One axis is diagonalised by its own sines or cosines, the
 * other leaves one tridiagonal system a mode. `poissonBlendBox` uses it.
 */

/** true where the side is free: nothing lies beyond it. */
export interface FreeSides {
  readonly left: boolean
  readonly right: boolean
  readonly top: boolean
  readonly bottom: boolean
}

/**
 * u of (Tx ⊕ Ty) u = b, T = tridiag(−1, 2, −1) with 1 instead of 2 at a free end. O(rows · columns · shorter side).
 * @param b [rows, columns], row-major; with four free sides it must sum to zero, and u is then one of many (its last
 * value along the longer axis's mode of mean is 0)
 */
export const solveBox = (b: Float64Array, rows: number, columns: number, free: FreeSides): Float64Array => {
  if (rows > columns) {
    const turned = { left: free.top, right: free.bottom, top: free.left, bottom: free.right }
    return transpose(solveBox(transpose(b, rows, columns), columns, rows, turned), columns, rows)
  }
  const { vectors, values } = modes(rows, free.top, free.bottom)
  const spectral = new Float64Array(b.length) // [mode, column]: vectorsᵀ b
  for (let row = 0; row < rows; row++) {
    for (let mode = 0; mode < rows; mode++) {
      addRow(spectral, mode * columns, vectors[row * rows + mode]!, b, row * columns, columns)
    }
  }
  for (let mode = 0; mode < rows; mode++) solveRow(spectral, mode * columns, columns, values[mode]!, free)
  const u = new Float64Array(b.length)
  for (let row = 0; row < rows; row++) {
    for (let mode = 0; mode < rows; mode++) {
      addRow(u, row * columns, vectors[row * rows + mode]!, spectral, mode * columns, columns)
    }
  }
  return u
}

const addRow = (to: Float64Array, at: number, factor: number, from: Float64Array, start: number, n: number): void => {
  for (let i = 0; i < n; i++) to[at + i]! += factor * from[start + i]!
}

/** Thomas algorithm in place for (T + λ) u = b; both ends free and λ = 0 is singular: its last value is taken as 0. */
const solveRow = (b: Float64Array, at: number, n: number, lambda: number, free: FreeSides): void => {
  const pivots = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const diagonal = 2 + lambda - (i === 0 && free.left ? 1 : 0) - (i === n - 1 && free.right ? 1 : 0)
    pivots[i] = diagonal - (i > 0 ? 1 / pivots[i - 1]! : 0)
    if (i > 0) b[at + i]! += b[at + i - 1]! / pivots[i - 1]!
  }
  for (let i = n - 1; i >= 0; i--) {
    const above = i < n - 1 ? b[at + i + 1]! : 0
    b[at + i] = pivots[i] === 0 ? 0 : (b[at + i]! + above) / pivots[i]!
  }
}

/**
 * Orthonormal eigenvectors [n, n] (column k is mode k) and eigenvalues 2 − 2 cos θ of T. Held at both ends: sines,
 * θ = kπ/(n+1). Free at both: cosines about half pixels, θ = kπ/n. Held first, free last: θ = (2k−1)π/(2n+1), and its
 * mirror image the other way round.
 */
const modes = (n: number, freeFirst: boolean, freeLast: boolean): { vectors: Float64Array; values: Float64Array } => {
  const vectors = new Float64Array(n * n)
  const values = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const both = freeFirst && freeLast
    const mixed = freeFirst !== freeLast
    const theta = both
      ? (k * Math.PI) / n
      : mixed
        ? ((2 * k + 1) * Math.PI) / (2 * n + 1)
        : ((k + 1) * Math.PI) / (n + 1)
    const norm = Math.sqrt(both ? (k === 0 ? 1 : 2) / n : mixed ? 4 / (2 * n + 1) : 2 / (n + 1))
    // 2 − 2 cos θ = 4 sin² θ/2 keeps the smallest eigenvalues to full precision
    values[k] = 4 * Math.sin(theta / 2) ** 2
    for (let j = 0; j < n; j++) {
      const fromHeld = freeFirst ? n - j : j + 1
      vectors[j * n + k] = norm * (both ? Math.cos(theta * (j + 0.5)) : Math.sin(theta * fromHeld))
    }
  }
  return { vectors, values }
}

const transpose = (b: Float64Array, rows: number, columns: number): Float64Array => {
  const out = new Float64Array(b.length)
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) out[c * rows + r] = b[r * columns + c]!
  return out
}
