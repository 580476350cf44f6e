// Spearman's rank correlation: what says whether a measure rises with a corruption at every step.
import { FeaturesError } from '../FeaturesError.ts'

/**
 * Pearson's correlation of the ranks, equal values sharing their mean rank; 1 where y rises at every step of x.
 * @throws FeaturesError when lengths differ, there are fewer than two, or all values of one side are equal
 */
export const spearmanRho = (x: ReadonlyArray<number>, y: ReadonlyArray<number>): number => {
  if (x.length !== y.length || x.length < 2)
    throw new FeaturesError('x, y', `${x.length} and ${y.length} values: give as many of both, two or more`)
  const [a, b] = [ranks(x), ranks(y)]
  const mean = (x.length + 1) / 2
  const product = (p: ReadonlyArray<number>, q: ReadonlyArray<number>): number =>
    p.reduce((sum, rank, i) => sum + (rank - mean) * (q[i]! - mean), 0)
  const spread = product(a, a) * product(b, b)
  if (!(spread > 0)) throw new FeaturesError('x, y', 'all values of one side are equal, or are no numbers')
  return product(a, b) / Math.sqrt(spread)
}

const ranks = (values: ReadonlyArray<number>): ReadonlyArray<number> =>
  values.map((value) => {
    const below = values.filter((other) => other < value).length
    const equal = values.filter((other) => other === value).length
    return below + (equal + 1) / 2
  })
