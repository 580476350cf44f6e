/** Mean over pixels, or over a mask's pixels, of f(a − b); shared by the image metrics of this package. */
import { MetricError } from './MetricError.ts'

export const maskedMean = (
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  mask: ArrayLike<number> | undefined,
  f: (difference: number) => number,
): number => {
  if (a.length !== b.length) throw new MetricError('b', `has ${b.length} pixels, a has ${a.length}`)
  if (mask && mask.length !== a.length) throw new MetricError('mask', `has ${mask.length} pixels, a has ${a.length}`)
  let sum = 0
  let count = 0
  for (let i = 0; i < a.length; i++) {
    if (mask && !mask[i]) continue
    sum += f(a[i]! - b[i]!)
    count++
  }
  if (count === 0) throw new MetricError(mask ? 'mask' : 'a', 'has no pixel to average')
  return sum / count
}
