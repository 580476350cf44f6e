/**
 * IoU thresholds as whole hundredths: k/100, never sums of .05 (`0.4 + 3 * 0.05` is .5500000000000000444; 55/100 is
 * .55). Both detection protocols, RSNA's and COCO's, read theirs here and are named by them.
 */
import { MetricError } from './MetricError.ts'

/** Thresholds from `from` to `to`, both included, in steps of `step`; all counted in hundredths, so .55 is 55/100. */
export const iouThresholds = (from: number, to: number, step: number): readonly number[] => {
  const [first, last, by] = [hundredths(from), hundredths(to), hundredths(step)]
  if (by < 1 || last < first) throw new MetricError('iouThresholds', `no thresholds from ${from} to ${to} by ${step}`)
  return Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, k) => (first + k * by) / 100)
}

/**
 * Thresholds in hundredths, and what they are called: `0.50`, `0.40:0.75`, `0.40:0.60:0.10`, `0.40,0.50,0.75`.
 * @param usualStep in hundredths; another step is written as a third number
 * @throws MetricError when a threshold is not a whole number of hundredths inside (0, 1], or they do not rise
 */
export const namedThresholds = (
  given: readonly number[],
  usualStep: number,
): { readonly thresholds: readonly number[]; readonly name: string } => {
  const whole = given.map(hundredths)
  if (whole.length === 0) throw new MetricError('thresholds', 'give at least one IoU threshold')
  if (whole.some((t, i) => t < 1 || t > 100 || t <= (whole[i - 1] ?? 0)))
    throw new MetricError('thresholds', `must rise inside (0, 1], got ${given.join(', ')}`)
  return { thresholds: whole.map((t) => t / 100), name: range(whole, usualStep) }
}

const hundredths = (t: number): number => {
  const whole = Math.round(t * 100)
  if (!(Math.abs(t * 100 - whole) < 1e-6))
    throw new MetricError('thresholds', `${t} is not a whole number of hundredths`)
  return whole
}

const text = (t: number): string => (t / 100).toFixed(2)

const range = (whole: readonly number[], usualStep: number): string => {
  const first = whole[0] ?? 0
  if (whole.length === 1) return text(first)
  const step = (whole[1] ?? 0) - first
  if (whole.some((t, k) => t !== first + k * step)) return whole.map(text).join(',')
  const ends = `${text(first)}:${text(whole.at(-1) ?? 0)}`
  return step === usualStep ? ends : `${ends}:${text(step)}`
}
