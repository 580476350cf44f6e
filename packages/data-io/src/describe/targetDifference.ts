// Whether positives and the others differ in something that is no finding: format, size, bits, how files are named. Where
// they do, they may come from different sources, and a model learns the source. Used by describeFolder and describePixels.
import { countBy, mostCommon } from './countBy.ts'
import type { Difference } from './FolderDescription.ts'
import { newcombe } from './newcombe.ts'

/** Values that fewer films have are taken together: a size of its own for each film tells nothing. */
const leastFilms = (films: number): number => Math.max(5, Math.ceil(films / 20))
const SHOWN = 3

/**
 * The best guess of the target from a value is: positive, where the value is commoner among positives. Its AUC is
 * ½ + ½ (P(guess | 1) − P(guess | 0)) = ½ + ¼ Σ |P(value | 1) − P(value | 0)|.
 * @param of what the values are, for words
 * @returns undefined where one of the two targets has no film
 */
export const targetDifference = (
  of: string,
  films: ReadonlyArray<{ readonly value: string; readonly target: 0 | 1 }>,
): Difference | undefined => {
  const positives = films.filter(({ target }) => target === 1).length
  const others = films.length - positives
  if (positives === 0 || others === 0) return undefined
  const counts = countBy(films, ({ value }) => value)
  const least = leastFilms(films.length)
  const named = films.map(({ value, target }) => ({ value: counts.get(value)! < least ? 'other' : value, target }))
  const ones = countBy(
    named.filter(({ target }) => target === 1),
    ({ value }) => value,
  )
  const zeros = countBy(
    named.filter(({ target }) => target === 0),
    ({ value }) => value,
  )
  const values = mostCommon(countBy(named, ({ value }) => value)).map(([value]) => ({
    value,
    others: (zeros.get(value) ?? 0) / others,
    positives: (ones.get(value) ?? 0) / positives,
  }))
  const guessed = values.filter((each) => each.positives > each.others).map(({ value }) => value)
  const hits = (of: ReadonlyMap<string, number>): number =>
    guessed.reduce((sum, value) => sum + (of.get(value) ?? 0), 0)
  const difference = newcombe(hits(ones), positives, hits(zeros), others)
  return {
    of,
    auc: (1 + difference.value) / 2,
    low: (1 + difference.low) / 2,
    values: values
      .toSorted((a, b) => Math.abs(b.positives - b.others) - Math.abs(a.positives - a.others))
      .slice(0, SHOWN),
  }
}
