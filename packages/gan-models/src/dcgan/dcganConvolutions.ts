// What both networks of a DCGAN are built of: convolutions that halve or double a side, started as Radford et al. start theirs.
//
// Kernels are 4 × 4 at stride 2, where Radford's code has 5 × 5 and Salehinejad et al. name none: the stride divides 4, so that
// every pixel of a film is made of two taps an axis, while with 5 it is three and two in turn, a checkerboard before any training.
import { conv2d, conv2dTranspose, normal, zeros, type Layer } from '@radiograft/nn'

/** N(0, .02²), of all filters and of the dense layers. */
export const dcganInit = normal(0.02)

const geometry = { kernel: 4, stride: 2, padding: 1, weightInit: dcganInit, biasInit: zeros } as const

/** [B, H, W, inC] → [B, H / 2, W / 2, outC]. @param bias left out before a norm, which would subtract it */
export const halving = (inC: number, outC: number, bias: boolean): Layer => conv2d({ inC, outC, bias, ...geometry })

/** [B, H, W, inC] → [B, 2H, 2W, outC], fractionally strided. @param bias left out before a norm, which would subtract it */
export const doubling = (inC: number, outC: number, bias: boolean): Layer =>
  conv2dTranspose({ inC, outC, bias, ...geometry })
