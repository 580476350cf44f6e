// A name that does not exist: a parameter, stage, axis, preset or dataset. Says what was probably meant.

/** Levenshtein's distance: the least number of letters to insert, delete or replace; two swapped letters count one. */
export const editDistance = (a: string, b: string): number => {
  const d = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array.from({ length: b.length }, () => 0)])
  for (let j = 1; j <= b.length; j++) d[0]![j] = j
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, d[i - 1]![j - 1]! + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, d[i - 2]![j - 2]! + 1)
      d[i]![j] = best
    }
  return d[a.length]![b.length]!
}

/** The nearest of the names, if it is near: at most a third of its letters, and at least two, may differ. */
export const nearestName = (name: string, names: ReadonlyArray<string>): string | undefined => {
  const [best] = names.map((n) => ({ n, d: editDistance(name, n) })).toSorted((a, b) => a.d - b.d)
  return best && best.d <= Math.max(2, best.n.length / 3) ? best.n : undefined
}

/** Names that a message lists; of more, the nearest. */
const mostListed = 24
const fewListed = 5

const knownText = (given: string, known: ReadonlyArray<string>): string => {
  if (known.length === 0) return 'Known: (none).'
  if (known.length <= mostListed) return `Known: ${known.join(', ')}.`
  const near = known
    .map((n) => ({ n, d: editDistance(given, n) }))
    .toSorted((a, b) => a.d - b.d)
    .slice(0, fewListed)
  return `The nearest of ${known.length}: ${near.map(({ n }) => n).join(', ')}.`
}

export class UnknownNameError extends Error {
  readonly _tag = 'UnknownNameError'
  /** what kind of name, such as `stage` */
  readonly what: string
  /** as it was given */
  readonly given: string
  readonly known: ReadonlyArray<string>
  readonly suggestion: string | undefined
  constructor(what: string, given: string, known: ReadonlyArray<string>) {
    const suggestion = nearestName(given, known)
    super(
      `unknown ${what} '${given}'${suggestion === undefined ? '.' : `, did you mean '${suggestion}'?`} ${knownText(given, known)}`,
    )
    this.name = 'UnknownNameError'
    this.what = what
    this.given = given
    this.known = known
    this.suggestion = suggestion
  }
}
