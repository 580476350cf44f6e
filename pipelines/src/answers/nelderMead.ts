/**
 * Minimum of a function of a few numbers without derivatives (Nelder and Mead 1965: reflect, expand, contract, shrink, with
 * the usual 1, 2, ½, ½). Answer 1 aligns films with it: the four numbers of a pose.
 */
export interface Minimum {
  readonly point: readonly number[]
  readonly value: number
}

/**
 * @param f to minimise; finite everywhere
 * @param start first corner of the simplex; the others lie one step along each axis
 * @param evaluations about how many calls of f, then the best corner is the answer
 */
export const nelderMead = (
  f: (point: readonly number[]) => number,
  start: readonly number[],
  steps: readonly number[],
  evaluations: number,
): Minimum => {
  let calls = 0
  const at = (point: readonly number[]): Minimum => {
    calls++
    return { point, value: f(point) }
  }
  let simplex = [start, ...start.map((_, k) => start.map((v, i) => (i === k ? v + steps[k]! : v)))].map(at)
  for (;;) {
    simplex = simplex.toSorted((a, b) => a.value - b.value)
    const [best, worst, second] = [simplex[0]!, simplex.at(-1)!, simplex.at(-2)!]
    if (calls >= evaluations) return best
    const kept = simplex.slice(0, -1)
    const centre = start.map((_, i) => kept.reduce((sum, { point }) => sum + point[i]!, 0) / kept.length)
    /** On the line from the centre (0) to the worst corner (1). */
    const along = (t: number): Minimum => at(centre.map((c, i) => c + t * (worst.point[i]! - c)))

    let better = along(-1)
    if (better.value < best.value) {
      const further = along(-2)
      if (further.value < better.value) better = further
    } else if (better.value >= second.value) {
      better = along(better.value < worst.value ? -0.5 : 0.5)
      if (better.value >= worst.value) {
        const halved = kept.slice(1).concat(worst)
        simplex = [best, ...halved.map(({ point }) => at(point.map((v, i) => (v + best.point[i]!) / 2)))]
        continue
      }
    }
    simplex = [...kept, better]
  }
}
