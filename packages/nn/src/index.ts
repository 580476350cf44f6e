/**
 * @radiograft/nn: networks as pure functions. A network makes a flat record of named tensors and is applied to it; running
 * statistics come back as updates. Layers, initialisers, Adam, schedules.
 *
 * ```ts
 * import { adamInit, adamKnobs, adamStep, conv2d, relu, sequential, valueAndGradients } from '@radiograft/nn'
 *
 * const net = sequential([['conv', conv2d({ inC: 1, outC: 8, kernel: 3, padding: 1 })], ['relu', relu]])
 * const params = net.init(rng('seed'), [64, 64, 1])
 * const { loss, gradients } = valueAndGradients((p) => {
 *   const { y, updates } = net.apply(p, films, { training: true })
 *   return { loss: tf.mean(tf.square(y)), aux: { updates } }
 * }, params)
 * const next = adamStep(params, gradients, adamInit(params), adamKnobs(1, 1e-3))
 * ```
 */

// the contract
export type { Applied, ApplyContext, ApplyRandom, Layer, Network, Params } from './Network.ts'
export { NetworkError } from './NetworkError.ts'

// layers
export { batchNorm } from './layers/batchNorm.ts'
export type { BatchNormOptions } from './layers/batchNorm.ts'
export { conv2d } from './layers/conv2d.ts'
export type { Conv2dOptions } from './layers/conv2d.ts'
export { conv2dTranspose } from './layers/conv2dTranspose.ts'
export type { Conv2dTransposeOptions } from './layers/conv2dTranspose.ts'
export { dense } from './layers/dense.ts'
export type { DenseOptions } from './layers/dense.ts'
export { equalisedConv2d, equalisedDense } from './layers/equalised.ts'
export { dropout } from './layers/dropout.ts'
export type { DropoutOptions } from './layers/dropout.ts'
export { instanceNorm } from './layers/instanceNorm.ts'
export type { InstanceNormOptions } from './layers/instanceNorm.ts'
export { minibatchStd } from './layers/minibatchStd.ts'
export { pixelNorm } from './layers/pixelNorm.ts'
export { leakyRelu, pointwise, relu, sigmoid, tanh } from './layers/pointwise.ts'
export { avgPool, flatten, globalAvgPool, globalMaxPool, maxPool } from './layers/pools.ts'
export { residual } from './layers/residual.ts'
export type { ResidualOptions } from './layers/residual.ts'
export { sequential } from './layers/sequential.ts'

// initialisers
export type { Initialiser } from './initialisers/Initialiser.ts'
export { constant, ones, priorBias, zeros } from './initialisers/constants.ts'
export { heNormal, normal, xavierNormal } from './initialisers/normals.ts'
export { heUniform, torchUniform, uniform, xavierUniform } from './initialisers/uniforms.ts'

// gradients and optimisers
export { valueAndGradients } from './optimisers/valueAndGradients.ts'
export type { GradientOptions, Loss, ValueAndGradients } from './optimisers/valueAndGradients.ts'
export { adamInit, adamKnobs, adamStep } from './optimisers/adam.ts'
export type { AdamKnobs, AdamOptions, AdamState } from './optimisers/adam.ts'
export { clipByGlobalNorm, clipFactor, globalNorm } from './optimisers/clipByGlobalNorm.ts'
export { ema } from './optimisers/ema.ts'

// learning rates on the host
export type { Schedule } from './schedules/Schedule.ts'
export { constantRate, cosineDecay, linearDecay, warmUp } from './schedules/Schedule.ts'
export { oneCycle } from './schedules/oneCycle.ts'
export type { OneCycleOptions } from './schedules/oneCycle.ts'
export { plateauInit, reduceOnPlateau } from './schedules/reduceOnPlateau.ts'
export type { PlateauOptions, PlateauState } from './schedules/reduceOnPlateau.ts'

// parameters
export { isRunningStatistic } from './params/isRunningStatistic.ts'
export { fromNetworkTensors, toNetworkTensors } from './params/networkTensors.ts'
export type { NetworkTensor } from './params/networkTensors.ts'
export { param } from './params/param.ts'
export { parameterCount } from './params/parameterCount.ts'
export { scope, unscope } from './params/scope.ts'
export { trainable } from './params/trainable.ts'

// weights in torch's names and layout; @radiograft/safetensors reads and writes the files
export type { SafetensorsTensor } from '@radiograft/safetensors'
export { exportTorchWeights } from './weights/exportTorchWeights.ts'
export { flattenedInputs } from './weights/flattenedInputs.ts'
export { importTorchWeights } from './weights/importTorchWeights.ts'
export type { ImportTorchOptions } from './weights/importTorchWeights.ts'
export { parameterShapes } from './weights/parameterShapes.ts'
export type { MapShape } from './weights/torchLayout.ts'
export type { TorchWeightOptions } from './weights/torchNames.ts'
export { TorchWeightsError } from './weights/TorchWeightsError.ts'
export type { TorchWeightProblem } from './weights/TorchWeightsError.ts'
