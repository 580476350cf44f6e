// The mean of independent numbers with its interval, where they are few and nothing is resampled.
import { MetricError } from './MetricError.ts'
import { studentQuantile } from './studentT.ts'
import { variance } from './variance.ts'

export interface MeanInterval {
  readonly value: number
  /** NaN of one number, whose spread is not known */
  readonly low: number
  readonly high: number
}

/**
 * mean ± t(1 − α/2, n − 1) · s/√n (Student 1908).
 * @param values independent of each other; at least one, all finite
 * @throws MetricError when there is none, or one is not finite
 */
export const meanInterval = (values: ReadonlyArray<number>, confidence = 0.95): MeanInterval => {
  const n = values.length
  if (n === 0 || !values.every((v) => Number.isFinite(v)))
    throw new MetricError('values', `must be one finite number or more, got ${n === 0 ? 'none' : values.join(', ')}`)
  const value = values.reduce((sum, v) => sum + v, 0) / n
  if (n === 1) return { value, low: NaN, high: NaN }
  const half = studentQuantile((1 - confidence) / 2, n - 1) * Math.sqrt(variance(Float64Array.from(values)) / n)
  return { value, low: value - half, high: value + half }
}
