// How well scores order films, for the curves of a fit: the share of pairs of a film that has the class and one that has not
// that the scores order rightly, equal scores counting a half (Mann and Whitney).

/** @returns NaN where all films have it, or none */
export const auc = (scores: ArrayLike<number>, having: ArrayLike<number | boolean>): number => {
  const order = Array.from({ length: scores.length }, (_, i) => i).toSorted((a, b) => scores[a]! - scores[b]!)
  let [below, pairs, positives] = [0, 0, 0]
  for (let from = 0; from < order.length;) {
    let [to, here] = [from, 0]
    for (; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) if (having[order[to]!]) here++
    const without = to - from - here
    pairs += here * (below + without / 2) // films without it that score less, and half of those that score as much
    below += without
    positives += here
    from = to
  }
  return pairs / (positives * below)
}
