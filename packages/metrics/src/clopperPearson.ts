/**
 * The interval of a share of independent films (Clopper and Pearson 1934, Biometrika 26:404). It is the one for shares near 0 or 1,
 * such as that of near copies: none among 500 resamples to none in every bootstrap, whose interval [0, 0] would say that there is
 * no such film, while up to seven in a thousand would go unseen one time in forty.
 */
import { betaQuantile } from './betaQuantile.ts'
import { MetricError } from './MetricError.ts'

export interface ShareInterval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * Exact: in any number of films the interval misses the true share at most 1 − confidence of the time, mostly less.
 *
 *   low = B(α/2; k, n − k + 1),  high = B(1 − α/2; k + 1, n − k),  B the quantile of the beta distribution
 *
 * @param count k, films that have it
 * @param films n, one or more, independent of each other
 * @throws MetricError when k is no whole number from 0 to n, or confidence is not inside (0, 1)
 */
export const clopperPearson = (count: number, films: number, confidence = 0.95): ShareInterval => {
  if (!(Number.isInteger(films) && films > 0))
    throw new MetricError('films', `must be a whole number above 0, got ${films}`)
  if (!(Number.isInteger(count) && count >= 0 && count <= films))
    throw new MetricError('count', `must be a whole number from 0 to ${films}, got ${count}`)
  if (!(confidence > 0 && confidence < 1))
    throw new MetricError('confidence', `must be inside (0, 1), got ${confidence}`)
  const tail = (1 - confidence) / 2
  return {
    value: count / films,
    low: count === 0 ? 0 : betaQuantile(tail, count, films - count + 1),
    high: count === films ? 1 : betaQuantile(1 - tail, count + 1, films - count),
  }
}
