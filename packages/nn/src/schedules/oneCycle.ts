// Smith's one-cycle policy with the numbers of torch's `OneCycleLR` (two phases).
import type { Schedule } from './Schedule.ts'

export type OneCycleOptions = {
  readonly maxLr: number
  readonly totalSteps: number
  /** Share of the steps spent rising. @default .3 */
  readonly pctStart?: number
  /** The first rate is maxLr / divFactor. @default 25 */
  readonly divFactor?: number
  /** The last rate is the first / finalDivFactor. @default 1e4 */
  readonly finalDivFactor?: number
  /** @default 'cos' */
  readonly anneal?: 'cos' | 'linear'
}

/** Up to `maxLr`, then down; from the last step on it stays. */
export const oneCycle = (options: OneCycleOptions): Schedule => {
  const { maxLr, totalSteps, pctStart = 0.3, divFactor = 25, finalDivFactor = 1e4, anneal = 'cos' } = options
  const first = maxLr / divFactor
  const last = first / finalDivFactor
  const top = pctStart * totalSteps - 1 // torch: not rounded
  const share = (p: number): number => (anneal === 'cos' ? (1 - Math.cos(Math.PI * p)) / 2 : p)
  return (step) => {
    const s = Math.min(step, totalSteps - 1)
    if (s <= top) return first + (maxLr - first) * share(s / top)
    return maxLr + (last - maxLr) * share((s - top) / (totalSteps - 1 - top))
  }
}
