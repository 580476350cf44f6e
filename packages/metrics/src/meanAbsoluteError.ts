/** Mean absolute error of two films, over all pixels or a mask: seams of grafts, pseudo-normals against their twins. */
import { maskedMean } from './maskedMean.ts'

/**
 * @param a film of any shape, row-major, values in [0, 1] (or any one unit: the result has it too)
 * @param b film of the same length
 * @param mask pixels to count, non-zero; all when left out
 * @throws MetricError when lengths differ or the mask is empty
 */
export const meanAbsoluteError = (a: ArrayLike<number>, b: ArrayLike<number>, mask?: ArrayLike<number>): number =>
  maskedMean(a, b, mask, (d) => Math.abs(d))
