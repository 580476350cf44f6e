/** How often each class is predicted in a set of films. */
import { assertClasses } from './assertClasses.ts'

/**
 * @param predicted 0 … classes − 1, one a film
 * @param weight how often film i counts @default once
 * @returns [classes]
 * @throws MetricError when a class is not one of these
 */
export const classCounts = (
  predicted: ArrayLike<number>,
  classes: number,
  weight: (film: number) => number = () => 1,
): Float64Array => {
  assertClasses('predicted', predicted, classes)
  const counts = new Float64Array(classes)
  for (let i = 0; i < predicted.length; i++) counts[predicted[i]!]! += weight(i)
  return counts
}
