// Column widths for a terminal: the widest texts are shortened first, numbers never.

/** Narrower than this a shortened column says too little. */
const least = 12
/** Spaces between two columns. */
const gap = 2

/**
 * Widths at which the columns fit; undefined where a text would have to be shorter than `least`.
 * @param widths of the columns' widest cells, characters
 * @param whole which of them are never shortened
 */
export const shortenColumns = (
  widths: ReadonlyArray<number>,
  whole: ReadonlyArray<boolean>,
  columns: number,
): ReadonlyArray<number> | undefined => {
  const room = columns - gap * (widths.length - 1)
  const at = (most: number): ReadonlyArray<number> =>
    widths.map((width, i) => (whole[i] ? width : Math.min(width, most)))
  const sum = (of: ReadonlyArray<number>): number => of.reduce((a, b) => a + b, 0)
  if (sum(widths) <= room) return widths
  // the greatest width that all fit at, no text being wider
  for (let most = Math.max(...widths) - 1; most >= least; most--) if (sum(at(most)) <= room) return at(most)
  return undefined
}
