/**
 * The shares π of true classes that make the predicted shares q most likely: m = Pᵀπ, where P holds how each true class is
 * predicted. The numerics under `correctedShares` and `classesFound`.
 *
 *   max over π ≥ 0, Σπ = 1 of ℓ(π) = Σ_j q_j log m_j,   m_j = Σ_i π_i P(j | i)
 */
import { solveTransposed } from './solveTransposed.ts'

export interface Mixture {
  /** π, [true classes], sum 1 */
  readonly shares: Float64Array
  /**
   * max_i Σ_j q_j P(j | i) / m_j − 1, which bounds what ℓ could still gain on any other shares, because ℓ is concave (Lindsay
   * 1983, Annals of Statistics 11:86). 0 where π reproduces q.
   */
  readonly gap: number
}

/**
 * Where the linear system Pᵀπ = q has a solution that is a share vector, that is the maximum, exactly: m = q. Else the maximum
 * lies on the simplex's border, and expectation maximisation goes there (Saerens, Latinne and Decaestecker 2002, Neural Computation
 * 14:21, on counts): π_i ← π_i g_i, g_i = Σ_j q_j P(j | i) / m_j, which never leaves the simplex. Where classes are predicted nearly
 * alike g is nearly 1 and that takes up to a hundred thousand steps, so g is raised to a power that grows while ℓ does and falls back to 1
 * (overrelaxed: Salakhutdinov and Roweis 2003, ICML).
 * @param rates P, [true, predicted] row-major, rows sum to 1; a class that q holds is predicted for some true class
 * @param seen q, [predicted], sum 1
 */
export const sharesOfMixture = (rates: Float64Array, seen: Float64Array): Mixture => {
  const columns = seen.length
  const rows = rates.length / columns
  const exact = rows === columns ? solveTransposed(rates, seen) : undefined
  if (exact?.every((share) => share >= -1e-12))
    return { shares: normalised(exact.map((share) => Math.max(0, share))), gap: 0 }
  // from near the solution cut to the simplex; every class keeps a little, for what is 0 stays 0
  let shares = normalised(Float64Array.from({ length: rows }, (_, i) => Math.max(0.01 / rows, exact?.[i] ?? 1)))
  let at = gains(rates, seen, shares)
  let power = 1
  for (let step = 0; step < MOST_STEPS && gapOf(at) >= TOLERANCE; step++) {
    const next = normalised(shares.map((share, i) => share * at.factors[i]! ** power))
    const there = gains(rates, seen, next)
    // the plain step never lowers ℓ but for rounding
    if (power > 1 && !(there.likelihood >= at.likelihood)) {
      power = 1
      continue
    }
    ;[shares, at] = [next, there]
    power *= 2
  }
  return { shares, gap: Math.max(0, gapOf(at)) }
}

/** Of the mean log-likelihood of a film: of 10,000 films it is a hundred thousandth of a nat. */
const TOLERANCE = 1e-9
const MOST_STEPS = 100_000

interface Gains {
  /** g_i, by true class i; their mean by the shares is 1 */
  readonly factors: Float64Array
  /** ℓ */
  readonly likelihood: number
}

const gapOf = ({ factors }: Gains): number => factors.reduce((most, factor) => Math.max(most, factor), 0) - 1

const gains = (rates: Float64Array, seen: Float64Array, shares: Float64Array): Gains => {
  const columns = seen.length
  const factors = new Float64Array(shares.length)
  let likelihood = 0
  for (let j = 0; j < columns; j++) {
    if (seen[j] === 0) continue
    let m = 0
    for (let i = 0; i < shares.length; i++) m += shares[i]! * rates[i * columns + j]!
    for (let i = 0; i < shares.length; i++) factors[i]! += (seen[j]! * rates[i * columns + j]!) / m
    likelihood += seen[j]! * Math.log(m)
  }
  return { factors, likelihood }
}

const normalised = (values: Float64Array): Float64Array => {
  const sum = values.reduce((total, v) => total + v, 0)
  return values.map((v) => v / sum)
}
