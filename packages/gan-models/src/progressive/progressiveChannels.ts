// Feature maps of a progressive GAN by the reference's rule (row P8), which gives the numbers of row P6.

/**
 * nf(s) = min(8192 / 2^s, largest) at stage s = log2(resolution) − 1: 512 to 32², then half at each doubling, 16 at 1024².
 * @param largest cap of all maps; on CPUs 64 is what is affordable. @default 512
 */
export const progressiveChannels =
  (largest = 512): ((resolution: number) => number) =>
  (resolution) =>
    Math.min(16_384 / resolution, largest)
