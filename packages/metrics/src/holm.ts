/**
 * Holm's step-down correction for several tests (Scandinavian Journal of Statistics 1979, 6:65): the chance of any false
 * finding in the family stays below α, whatever the tests' dependence. `compareScores` corrects its contrasts by it.
 */
import { MetricError } from './MetricError.ts'

/**
 * With p falling into order p(1) ≤ … ≤ p(m): adjusted p(i) = max over j ≤ i of min(1, (m − j + 1)·p(j)).
 * @param pValues in [0, 1]
 * @returns adjusted values in the order given: compare each with α itself
 */
export const holm = (pValues: readonly number[]): readonly number[] => {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1))
  if (wrong !== undefined) throw new MetricError('pValues', `must be in [0, 1], got ${wrong}`)
  const order = pValues.map((_, i) => i).toSorted((i, j) => pValues[i]! - pValues[j]!)
  const adjusted = Array.from(pValues, () => 1)
  let highest = 0
  order.forEach((i, step) => {
    highest = Math.max(highest, Math.min(1, (pValues.length - step) * pValues[i]!))
    adjusted[i] = highest
  })
  return adjusted
}
