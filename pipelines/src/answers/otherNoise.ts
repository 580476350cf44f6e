// A second exposure of the same film: equal in all but the photons. Used by answers 4, 5 and 11, where a generator that
// reproduces a film cannot be better than this.

/**
 * The noise of a film lies between it and its noise-free render. Each pixel takes that of its neighbour down and right, which
 * is independent and, as the signal changes slowly, of nearly the same strength; then 8 bits, as the film.
 * @param noisy [size²] in [0, 1], rendered with 16 bits so that rounding does not pass for noise
 * @param clean the same without noise
 * @returns [size²] multiples of 1/255 in [0, 1]
 */
export const otherNoise = (noisy: Float32Array, clean: Float32Array, size: number): Float32Array =>
  clean.map((value, i) => {
    const from = ((Math.floor(i / size) + 1) % size) * size + ((i + 1) % size)
    return eightBit(value + noisy[from]! - clean[from]!)
  })

/** The nearest of 256 grey levels, in [0, 1]. */
export const eightBit = (value: number): number => Math.floor(Math.min(Math.max(value, 0), 1) * 255 + 0.5) / 255
