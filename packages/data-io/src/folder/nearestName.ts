// The name that was probably meant, for messages. Used where a finding or a label is unknown. (pipeline has the same for
// stages and parameters; this package works without it.)

const distance = (a: string, b: string): number => {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    above = row
  }
  return above[b.length]!
}

/** Letters without case; spaces, underscores and hyphens do not count. */
const folded = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]+/g, '')

/** The nearest of the names where at most a third of its letters, or two, differ; undefined where none is near. */
export const nearestName = (name: string, names: ReadonlyArray<string>): string | undefined => {
  // a value of a table may be long; no name is
  const given = folded(name.slice(0, 100))
  const [best] = names.map((each) => ({ each, far: distance(given, folded(each)) })).toSorted((a, b) => a.far - b.far)
  return best && best.far <= Math.max(2, best.each.length / 3) && best.far < best.each.length ? best.each : undefined
}

/** `; did you mean "…"?`, or nothing. */
export const didYouMean = (name: string, names: ReadonlyArray<string>): string => {
  const near = nearestName(name, names)
  return near === undefined ? '' : `; did you mean "${near}"?`
}
