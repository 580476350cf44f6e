// An asynchronous map with a bound on how many run at a time. Used by checkFolder: headers of ten thousand films are read
// without as many open files.

/**
 * @param bound at least 1
 * @returns results in the order of the items, whatever order they end in
 */
export const mapBounded = async <A, B>(
  items: ReadonlyArray<A>,
  bound: number,
  map: (item: A) => Promise<B>,
): Promise<ReadonlyArray<B>> => {
  const results: B[] = Array.from({ length: items.length })
  const work = items.entries()
  const lane = async (): Promise<void> => {
    for (const [place, item] of work) results[place] = await map(item)
  }
  await Promise.all(Array.from({ length: Math.min(bound, items.length) }, lane))
  return results
}
