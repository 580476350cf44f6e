/**
 * Squared Euclidean distance of a[i …] and b[j …], or Infinity as soon as a partial sum exceeds `limit`: one that equals it is a
 * tie. Always summed in the same order, so equal rows have bit-equal distances to a third and ties are ties. What exhaustive
 * searches for neighbours come down to.
 * @param a rows of `length` numbers, one after another
 * @param i where the row begins in `a`, j in `b`
 */
export const squaredDistanceWithin = (
  a: Float32Array | Float64Array,
  i: number,
  b: Float32Array | Float64Array,
  j: number,
  length: number,
  limit: number,
): number => {
  let sum = 0
  let d = 0
  while (d < length) {
    const stop = Math.min(d + 32, length)
    for (; d < stop; d++) {
      const difference = a[i + d]! - b[j + d]!
      sum += difference * difference
    }
    if (sum > limit) return Infinity
  }
  return sum
}
