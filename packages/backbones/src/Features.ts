import type { Tensor } from '@tensorflow/tfjs-core'

/**
 * Feature maps by level, `[B, H / 2^l, W / 2^l, C]`: `c2` … `c5` from a backbone, `p2` … `p7` from a pyramid. Odd sizes are
 * rounded up at each halving.
 */
export type Features = Readonly<Record<string, Tensor>>
