// Films in parts, so that what a network holds at once does not grow with their size: sixteen films of 1024² through the reference's
// widths are 16 GB of maps. Used by the checks of a training and by what it leaves behind.

/** Pixels of films at once: sixteen films of 256², one of 1024². */
const PIXELS = 2 ** 20

/**
 * @param group films that stay together, as a critic's do; divides their number
 * @returns where each part begins and its films, in order
 */
export const partsOf = (
  films: number,
  side: number,
  group = 1,
): ReadonlyArray<{ readonly from: number; readonly count: number }> => {
  const most = Math.max(1, Math.floor(PIXELS / (group * side ** 2))) * group
  return Array.from({ length: Math.ceil(films / most) }, (_, i) => ({
    from: i * most,
    count: Math.min(most, films - i * most),
  }))
}
