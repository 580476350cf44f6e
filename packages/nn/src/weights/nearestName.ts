// "Did you mean": the name most like another. Used by errors about weights.

/** Letters to insert, delete or replace until one is the other (Levenshtein). */
const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

/** The nearest of the names, where at most a third of its letters differ. Names of more than 200 letters are left out. */
export const nearestName = (name: string, names: readonly string[]): string | undefined => {
  let best: string | undefined
  let least = Infinity
  for (const candidate of names) {
    if (Math.max(name.length, candidate.length) > 200) continue
    const distance = editDistance(name, candidate)
    if (distance < least && distance <= Math.max(2, candidate.length / 3)) [best, least] = [candidate, distance]
  }
  return best
}
