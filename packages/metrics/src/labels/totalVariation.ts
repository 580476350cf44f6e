import { MetricError } from '../MetricError.ts'

/**
 * Total variation distance of two share vectors, ½ Σ_k |p_k − q_k|: the share of films that would have to change class.
 * @param p [classes], sum 1 @param q the same
 * @returns in [0, 1]
 * @throws MetricError when lengths differ or one does not sum to 1
 */
export const totalVariation = (p: ArrayLike<number>, q: ArrayLike<number>): number => {
  if (p.length !== q.length) throw new MetricError('q', `has ${q.length} classes, p has ${p.length}`)
  let [sum, ofP, ofQ] = [0, 0, 0]
  for (let k = 0; k < p.length; k++) {
    sum += Math.abs(p[k]! - q[k]!)
    ofP += p[k]!
    ofQ += q[k]!
  }
  if (!(Math.abs(ofP - 1) < 1e-6 && Math.abs(ofQ - 1) < 1e-6))
    throw new MetricError('p, q', `must each sum to 1, got ${ofP} and ${ofQ}`)
  return sum / 2
}
