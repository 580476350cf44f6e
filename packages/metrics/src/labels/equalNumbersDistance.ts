/**
 * How far the label shares of two sets lie apart when as many films of each are looked at as `realSplitSpread` puts on a side: more
 * films lie nearer, so a distance of whole sets must not be placed among the splits of half a set.
 */
import type { Rng } from '@radiograft/random'
import { MetricError } from '../MetricError.ts'
import { quantile } from '../quantile.ts'
import { correctedShares } from './correctedShares.ts'
import { drawnSet, type ClassifiedFilms } from './drawnFilms.ts'
import { totalVariation } from './totalVariation.ts'

/**
 * @param films.confusion of the classifier, [classes, classes] (`confusionCounts`), the same for both sets
 * @param each units of a and of b in a draw, without replacement; where a unit of one holds several films and of the other one, as many
 * films a side are other numbers of units
 * @param options.draws @default 200
 * @returns the median over draws of the total variation distance of corrected shares
 * @throws MetricError when a set has fewer units than it is to give, or as `correctedShares` does
 */
export const equalNumbersDistance = (
  films: { readonly confusion: Float64Array; readonly a: ClassifiedFilms; readonly b: ClassifiedFilms },
  each: { readonly a: number; readonly b: number },
  rng: Rng,
  { draws = 200 }: { readonly draws?: number } = {},
): number => {
  const { confusion } = films
  const classes = Math.sqrt(confusion.length)
  const sets = (['a', 'b'] as const).map((of) => ({ ...drawnSet(films[of], classes), each: each[of] }))
  for (const { count, each: drawn } of sets)
    if (!(Number.isInteger(drawn) && drawn >= 1 && drawn <= count))
      throw new MetricError('each', `must be a whole number from 1 to ${count}, the units of a set, got ${drawn}`)
  if (!(Number.isInteger(draws) && draws > 0)) throw new MetricError('draws', `must be 1 or more, got ${draws}`)
  const distances = Float64Array.from({ length: draws }, () => {
    const [p, q] = sets.map(({ count, counts, each: drawn }) => {
      const weights = new Float64Array(count)
      for (const unit of rng.permutation(count).subarray(0, drawn)) weights[unit] = 1
      return correctedShares(confusion, counts(weights)).shares
    })
    return totalVariation(p!, q!)
  })
  return quantile(distances.toSorted(), 0.5)
}
