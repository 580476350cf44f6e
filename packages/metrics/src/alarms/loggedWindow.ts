import { MetricError } from '../MetricError.ts'

/** A log cut in the last `window` entries and those before. @throws MetricError when the window is no whole number of 1 or more, or steps do not rise */
export const loggedWindow = <T extends { readonly step: number }>(
  log: ReadonlyArray<T>,
  window: number,
): { readonly before: ReadonlyArray<T>; readonly recent: ReadonlyArray<T> } => {
  if (!(Number.isInteger(window) && window > 0)) throw new MetricError('window', `must be 1 or more, got ${window}`)
  const fall = log.findIndex(({ step }, i) => i > 0 && !(step > log[i - 1]!.step))
  if (fall > 0) throw new MetricError('log', `step ${log[fall]!.step} follows step ${log[fall - 1]!.step}: sort it`)
  const at = Math.max(0, log.length - window)
  return { before: log.slice(0, at), recent: log.slice(at) }
}
