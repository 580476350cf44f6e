/** Rows gathered by a key, keys in order of first appearance (`Map.groupBy` is not in Node 20). */
export const groupBy = <T, K>(rows: ReadonlyArray<T>, key: (row: T) => K): ReadonlyMap<K, ReadonlyArray<T>> => {
  const groups = new Map<K, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}
