// How much films differ from each other: what falls when a generator collapses. Used by the checks of a training.

/**
 * Mean over all pairs of the root mean squared difference of their pixels.
 * @param films two or more, of one size
 * @returns in the films' own unit, 0 where all are the same
 */
export const pairwiseDistance = (films: ReadonlyArray<ArrayLike<number>>): number => {
  let [sum, pairs] = [0, 0]
  for (const [i, a] of films.entries())
    for (const b of films.slice(0, i)) {
      let squares = 0
      for (let p = 0; p < a.length; p++) squares += (a[p]! - b[p]!) ** 2
      sum += Math.sqrt(squares / a.length)
      pairs += 1
    }
  return sum / pairs
}
