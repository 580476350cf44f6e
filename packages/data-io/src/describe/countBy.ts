// Counts by value. Used by everything that describes a folder.

/** How many items have each value, in order of first appearance. */
export const countBy = <T, K>(items: ReadonlyArray<T>, value: (item: T) => K): ReadonlyMap<K, number> => {
  const counts = new Map<K, number>()
  for (const item of items) counts.set(value(item), (counts.get(value(item)) ?? 0) + 1)
  return counts
}

/** The same as pairs, most common first; of equal counts in order of their text. */
export const mostCommon = <K extends string>(counts: ReadonlyMap<K, number>): ReadonlyArray<readonly [K, number]> =>
  [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
