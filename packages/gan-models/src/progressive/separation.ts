// Whether a critic tells real films from generated ones. Used by the checks of a training.

/** Share of (real, generated) pairs in which the real film scores higher, ties a half: .5 is chance, 1 tells all apart. */
export const separation = (real: ArrayLike<number>, fake: ArrayLike<number>): number => {
  const [reals, fakes] = [Array.from(real), Array.from(fake)]
  const wins = reals.flatMap((r) => fakes.map((f): number => (r > f ? 1 : r === f ? 0.5 : 0)))
  return wins.reduce((sum, win) => sum + win, 0) / wins.length
}
