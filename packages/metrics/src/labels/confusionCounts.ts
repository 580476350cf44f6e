/** How often each class is predicted for films of each class: what `correctedShares` corrects by. */
import { MetricError } from '../MetricError.ts'
import { assertClasses } from './assertClasses.ts'

/**
 * @param truth class of film i, 0 … classes − 1
 * @param predicted class that the classifier says, one a film
 * @param weight how often film i counts @default once
 * @returns [classes, classes], row-major: films of the true class (row) by predicted class (column)
 * @throws MetricError when lengths differ or a class is not one of these
 */
export const confusionCounts = (
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
  weight: (film: number) => number = () => 1,
): Float64Array => {
  if (truth.length !== predicted.length)
    throw new MetricError('predicted', `${predicted.length} classes for ${truth.length} films: give one a film`)
  assertClasses('truth', truth, classes)
  assertClasses('predicted', predicted, classes)
  const counts = new Float64Array(classes * classes)
  for (let i = 0; i < truth.length; i++) counts[truth[i]! * classes + predicted[i]!]! += weight(i)
  return counts
}
