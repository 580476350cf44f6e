/** `aucScore` with a weight a film, for bootstraps: films are sorted once, each resample is one pass. */

/**
 * @param scores higher means positive, no NaN
 * @param labels non-zero or true is positive, same length
 * @returns the AUC where film i counts `weightOf(i)` times, equal scores counting a half; NaN where one class does not count
 */
export const weightedAuc = (
  scores: ArrayLike<number>,
  labels: ArrayLike<number | boolean>,
): ((weightOf: (film: number) => number) => number) => {
  const order = Array.from({ length: scores.length }, (_, i) => i).toSorted((i, j) =>
    scores[i]! < scores[j]! ? -1 : scores[i]! > scores[j]! ? 1 : 0,
  )
  return (weightOf) => {
    let [below, ordered, positives] = [0, 0, 0]
    for (let from = 0; from < order.length;) {
      let to = from
      let [up, down] = [0, 0]
      const score = scores[order[from]!]!
      while (to < order.length && scores[order[to]!] === score) {
        const film = order[to++]!
        if (labels[film]) up += weightOf(film)
        else down += weightOf(film)
      }
      ordered += up * (below + down / 2)
      positives += up
      below += down
      from = to
    }
    return ordered / (positives * below) // 0 / 0 where one class was not drawn
  }
}
