/**
 * The box of a finding from its mask on the 256² grid: tight about the rows and columns that hold more than 3 % of the
 * fullest one, so that stray pixels do not widen it. Used by `renderScene.ts`; the box is the same at every film size.
 */

/** Cells along a side of the grid that boxes and visibility are judged on. */
export const JUDGE_GRID = 256

/** Half-open cell ranges. */
export interface CellBox {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

const LEAST_SHARE = 0.03

/** Box of a JUDGE_GRID² mask (0 or 1); null for an empty mask. */
export function boxFromMask(mask: Uint8Array): CellBox | null {
  const rows = new Int32Array(JUDGE_GRID)
  const columns = new Int32Array(JUDGE_GRID)
  for (let j = 0, o = 0; j < JUDGE_GRID; j++) {
    for (let i = 0; i < JUDGE_GRID; i++, o++) {
      if (mask[o] === 0) continue
      rows[j]! += 1
      columns[i]! += 1
    }
  }
  const y = span(rows)
  const x = span(columns)
  return x === null || y === null ? null : { x0: x[0], y0: y[0], x1: x[1], y1: y[1] }
}

function span(counts: Int32Array): [number, number] | null {
  const least = LEAST_SHARE * counts.reduce((most, count) => Math.max(most, count), 0)
  const first = counts.findIndex((count) => count > least)
  return first < 0 ? null : [first, counts.findLastIndex((count) => count > least) + 1]
}
