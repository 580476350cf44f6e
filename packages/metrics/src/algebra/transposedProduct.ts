/**
 * Sums of outer products, C ← C + α AᵀB in float64, in panels that stay in the caches (Goto and van de Geijn 2008): covariances and
 * products of matrices are made of it.
 */
import { kernels } from './kernels.ts'
import { TILE } from './layout.ts'

/** A matrix in an array: element (k, i) is values[offset + k · down + i · across]. */
export interface Operand {
  readonly values: Float64Array
  readonly offset: number
  readonly down: number
  readonly across: number
}

export interface Target {
  readonly values: Float64Array
  readonly offset: number
  /** element (i, j) is values[offset + i · down + j] */
  readonly down: number
}

export interface ProductSize {
  /** rows of A and B, which are summed over */
  readonly k: number
  /** columns of A, rows of C */
  readonly m: number
  /** columns of B and C */
  readonly n: number
}

/** Rows of a panel: 12 KB of A and of B, which fit into the smallest cache together. */
const DEPTH = 384
/** Columns of B at once, 768 KB, for the second. */
const WIDTH = 256
/** Columns of A at once, 6 MB: a panel of them is read once for all of B's. */
const HEIGHT = 2048

/** Columns from…to of rows kFrom…kTo, four by four: panel, row, column; zeros beyond the last. */
const pack = (
  memory: Float64Array,
  to: number,
  { values, offset, down, across }: Operand,
  { from, depth, first, columns }: Record<'from' | 'depth' | 'first' | 'columns', number>,
): void => {
  for (let panel = 0; panel < columns; panel += TILE) {
    const whole = Math.min(TILE, columns - panel)
    let at = to + panel * depth
    if (whole < TILE) memory.fill(0, at, at + TILE * depth)
    let source = offset + from * down + (first + panel) * across
    for (let k = 0; k < depth; k++, at += TILE, source += down)
      for (let column = 0; column < whole; column++) memory[at + column] = values[source + column * across]!
  }
}

/**
 * @param upper only columns j ≥ i of C are wanted; others may be written to
 * @param alpha @default 1
 */
export const addTransposedProduct = (
  c: Target,
  a: Operand,
  b: Operand,
  { k, m, n }: ProductSize,
  { upper = false, alpha = 1 }: { readonly upper?: boolean; readonly alpha?: number } = {},
): void => {
  const { reserve, strip } = kernels()
  const height = Math.min(HEIGHT, TILE * Math.ceil(m / TILE))
  const width = Math.min(WIDTH, TILE * Math.ceil(n / TILE))
  const depthMost = Math.min(DEPTH, k)
  const atA = TILE * width
  const atB = atA + height * depthMost
  const memory = reserve(atB + width * depthMost)
  for (let from = 0; from < k; from += DEPTH) {
    const depth = Math.min(DEPTH, k - from)
    for (let top = 0; top < m; top += height) {
      const rows = Math.min(height, m - top)
      pack(memory, atA, a, { from, depth, first: top, columns: rows })
      for (let left = 0; left < n; left += width) {
        const columns = Math.min(width, n - left)
        if (upper && left + columns <= top) continue
        // of a matrix with itself the panels are there
        const shared = a === b && left >= top && left + columns <= top + rows
        const panels = shared ? atA + (left - top) * depth : atB
        if (!shared) pack(memory, atB, b, { from, depth, first: left, columns })
        for (let i = 0; i < rows; i += TILE) {
          const skipped = upper ? Math.max(0, Math.floor((top + i - left) / TILE)) : 0
          const tiles = Math.ceil(columns / TILE) - skipped
          if (tiles <= 0) continue
          strip(atA + i * depth, panels + skipped * TILE * depth, 0, depth, tiles)
          const first = c.offset + (top + i) * c.down + left + skipped * TILE
          addStrip(c.values, first, c.down, memory, alpha, Math.min(TILE, rows - i), columns - skipped * TILE)
        }
      }
    }
  }
}

/** The tiles at the memory's beginning, of which at the edges only what lies inside is wanted. */
const addStrip = (
  c: Float64Array,
  first: number,
  down: number,
  tiles: Float64Array,
  alpha: number,
  rows: number,
  columns: number,
): void => {
  const whole = columns - (columns % TILE)
  for (let row = 0; row < rows; row++) {
    let to = first + row * down
    let from = row * TILE
    for (const end = to + whole; to < end; to += TILE, from += TILE * TILE) {
      c[to]! += alpha * tiles[from]!
      c[to + 1]! += alpha * tiles[from + 1]!
      c[to + 2]! += alpha * tiles[from + 2]!
      c[to + 3]! += alpha * tiles[from + 3]!
    }
    for (let column = 0; column < columns % TILE; column++) c[to + column]! += alpha * tiles[from + column]!
  }
}
