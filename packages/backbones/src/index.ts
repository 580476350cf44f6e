/**
 * @radiograft/backbones: ResNet-18 and the feature pyramid, at parity with torchvision.
 *
 * ```ts
 * const body = resnet18({ inC: 1 })
 * const { c3, c4, c5 } = resnet18Channels
 * const pyramid = featurePyramid({ inC: { c3, c4, c5 }, outC: 64 })
 * const params = { ...unscope(body.init(rng('a'), [128, 128, 1]), 'body'), ...unscope(pyramid.init(rng('b')), 'fpn') }
 * const { y, updates } = body.apply(scope(params, 'body'), films, { training: true })
 * const maps = pyramid.apply(scope(params, 'fpn'), y, { training: true }).y // p3 … p7
 * ```
 */
export type { Features } from './Features.ts'
export { featurePyramid } from './featurePyramid.ts'
export type { FeaturePyramid, FeaturePyramidOptions } from './featurePyramid.ts'
export { resnet18, resnet18Channels, resnet18ChannelsOf } from './resnet18.ts'
export type { Resnet18Options } from './resnet18.ts'
export { resnet18FromTorch } from './weights/resnet18FromTorch.ts'
export type { Resnet18FromTorchOptions } from './weights/resnet18FromTorch.ts'
