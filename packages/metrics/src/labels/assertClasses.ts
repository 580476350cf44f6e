import { MetricError } from '../MetricError.ts'

/** @throws MetricError when a class is none of 0 … classes − 1 */
export const assertClasses = (argument: string, of: ArrayLike<number>, classes: number): void => {
  for (let i = 0; i < of.length; i++)
    if (!(Number.isInteger(of[i]) && of[i]! >= 0 && of[i]! < classes))
      throw new MetricError(argument, `film ${i} has class ${of[i]}, known are 0 to ${classes - 1}`)
}
