// The disagreement that is left, Σ after / Σ before over films, with a 95 % percentile interval over resampled films.
import type { Rng } from '@radiograft/random'
import type { Agreement } from './agreement.ts'

const RESAMPLES = 1000

export const agreementInterval = (
  trials: ReadonlyArray<Agreement>,
  rng: Rng,
): {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly before: number
  readonly determinant: number
} => {
  const n = trials.length
  const ratio = (chosen: ArrayLike<number>): number => {
    let [after, before] = [0, 0]
    for (let i = 0; i < n; i++) {
      after += trials[chosen[i]!]!.after
      before += trials[chosen[i]!]!.before
    }
    return after / before
  }
  const all = Array.from({ length: n }, (_, i) => i)
  const resampled = Float64Array.from({ length: RESAMPLES }, () => ratio(rng.ints(n, 0, n))).toSorted()
  const mean = (of: (trial: Agreement) => number): number => trials.reduce((sum, t) => sum + of(t), 0) / n
  return {
    value: ratio(all),
    low: resampled[Math.floor(0.025 * RESAMPLES)]!,
    high: resampled[Math.ceil(0.975 * RESAMPLES) - 1]!,
    before: mean((t) => t.before),
    determinant: mean((t) => t.determinant),
  }
}
