/**
 * How often each class is predicted, by true class or over a set: what a classifier's judgement of films is corrected by (P4).
 */
import { MetricError } from '../MetricError.ts'

/** @param weights how often film i counts @default once */
export type FilmWeight = (film: number) => number

/**
 * @param truth class of film i, 0 … classes − 1
 * @param predicted class that the classifier says, one a film
 * @returns [classes, classes], row-major: films of the true class (row) by predicted class (column)
 * @throws MetricError when lengths differ or a class is not one of these
 */
export const confusionCounts = (
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
  weight: FilmWeight = () => 1,
): Float64Array => {
  if (truth.length !== predicted.length)
    throw new MetricError('predicted', `${predicted.length} classes for ${truth.length} films: give one a film`)
  assertClasses('truth', truth, classes)
  assertClasses('predicted', predicted, classes)
  const counts = new Float64Array(classes * classes)
  for (let i = 0; i < truth.length; i++) counts[truth[i]! * classes + predicted[i]!]! += weight(i)
  return counts
}

/** @returns [classes] films by predicted class @throws MetricError when a class is not one of these */
export const classCounts = (
  predicted: ArrayLike<number>,
  classes: number,
  weight: FilmWeight = () => 1,
): Float64Array => {
  assertClasses('predicted', predicted, classes)
  const counts = new Float64Array(classes)
  for (let i = 0; i < predicted.length; i++) counts[predicted[i]!]! += weight(i)
  return counts
}

const assertClasses = (argument: string, of: ArrayLike<number>, classes: number): void => {
  for (let i = 0; i < of.length; i++)
    if (!(Number.isInteger(of[i]) && of[i]! >= 0 && of[i]! < classes))
      throw new MetricError(argument, `film ${i} has class ${of[i]}, known are 0 to ${classes - 1}`)
}
