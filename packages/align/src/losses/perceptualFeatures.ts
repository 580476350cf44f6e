// f of eq 1: a feature reconstruction term. The paper does not say which network (G6); here two strided convolutions with
// fixed seeded random weights, which need no download and already reward edges in the right place.
import { conv2d, heNormal, relu, sequential, type Layer, type Params } from '@radiograft/nn'
import { rng } from '@radiograft/random'

/** films [B, H, W, 1] → features [B, H/4, W/4, 32]. */
export const perceptualNetwork: Layer = sequential([
  ['conv1', conv2d({ inC: 1, outC: 16, kernel: 3, stride: 2, padding: 1, bias: false, weightInit: heNormal() })],
  ['relu1', relu],
  ['conv2', conv2d({ inC: 16, outC: 32, kernel: 3, stride: 2, padding: 1, bias: false, weightInit: heNormal() })],
  ['relu2', relu],
])

/** The fixed weights: equal in every run, whatever its seed. */
export const perceptualWeights = (size: number): Params => perceptualNetwork.init(rng('perceptual'), [size, size, 1])
