/** Peak signal to noise ratio of two films, over all pixels or a mask: phantom answers 3 and 4 are given in it. */
import { maskedMean } from './maskedMean.ts'

/**
 * 10·log10(range² / mean((a − b)²)) in dB; Infinity for equal films.
 * @param a film of any shape, row-major
 * @param b film of the same length
 * @param mask pixels to count, non-zero; all when left out
 * @param options.dataRange white − black @default 1
 * @throws MetricError when lengths differ or the mask is empty
 */
export const psnr = (
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  mask?: ArrayLike<number>,
  { dataRange = 1 }: { readonly dataRange?: number } = {},
): number => 10 * Math.log10(dataRange ** 2 / maskedMean(a, b, mask, (d) => d * d))
