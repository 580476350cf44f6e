// How the kernels' operands lie in memory.

/** Rows and columns of a tile, which lies row by row. */
export const TILE = 4
/** Doubles of a pair of columns of woven vectors, and where each vector begins in it. */
export const WOVEN = { length: 8, v: 0, w: 2, x: 4, p: 6 } as const
