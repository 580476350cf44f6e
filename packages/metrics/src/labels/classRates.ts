/**
 * How each true class is predicted, as shares.
 * @param counts [classes, classes], films by true (row) and predicted class
 * @param added to each count @default 0
 * @returns the same with rows divided by their sums, NaN where a row is empty
 */
export const classRates = (counts: Float64Array, classes: number, added = 0): Float64Array => {
  const rates = new Float64Array(classes * classes)
  for (let i = 0; i < classes; i++) {
    let films = 0
    for (let j = 0; j < classes; j++) films += counts[i * classes + j]! + added
    for (let j = 0; j < classes; j++) rates[i * classes + j] = (counts[i * classes + j]! + added) / films
  }
  return rates
}
