// The area under the ROC curve of a score with few distinct values, from counts. Used by oneVariableAuc, which needs it
// once a resample and so cannot sort films each time.

/**
 * The share of (negative, positive) pairs in which the positive has the higher score, equal scores counting a half.
 * @param negatives films with target 0 at each score, scores rising
 * @param positives films with target 1 at each score
 * @returns NaN where one of the two is without films
 */
export const aucOfCounts = (negatives: ArrayLike<number>, positives: ArrayLike<number>): number => {
  let below = 0
  let wins = 0
  let all = 0
  for (let level = 0; level < negatives.length; level++) {
    wins += positives[level]! * (below + negatives[level]! / 2)
    below += negatives[level]!
    all += positives[level]!
  }
  return wins / (below * all)
}
