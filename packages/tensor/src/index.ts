// @radiograft/tensor: pure training steps compiled into one TensorFlow graph, and the ops with gradients that tfjs lacks.
//
//   import { loadRuntime } from '@radiograft/tensor/node'
//   import { compileStep } from '@radiograft/tensor'
//   const tf = await loadRuntime()
//   const step = compileStep(({ w }, { x }, { lr }) => {
//     const { value, grads } = tf.valueAndGrads((w) => tf.mean(tf.square(tf.sub(x, w))))([w])
//     return { state: { w: tf.sub(w, tf.mul(grads[0], lr)) }, logs: { loss: value } }
//   })
//   const { state, logs } = step({ w: tf.scalar(0) }, { x: tf.tensor([1, 2, 3]) }, { lr: 0.1 })
//
// Without `loadRuntime`, on any other tfjs backend, steps run eagerly with the same interface.

// Compiled steps and functions
export { compileStep } from './compileStep.ts'
export type { CompiledStep, Step, StepResult } from './compileStep.ts'
export { compileFunction } from './compileFunction.ts'
export type { CompiledFunction, CompileOptions, Tensors } from './compileFunction.ts'
export type { GraphCache } from './compile/keptGraph.ts'
export { exportSavedModel } from './exportSavedModel.ts'
export type { ExportedInput, ExportOptions } from './exportSavedModel.ts'
export { storedFilms } from './storedFilms.ts'
export type { StoredFilms } from './storedFilms.ts'
export { CompiledStepError } from './compile/CompiledStepError.ts'
export { withOpScope } from './compile/opScope.ts'

// What a long computation owes to its machine
export { giveMemoryBack } from './giveMemoryBack.ts'

// Random numbers inside a step
export { statelessNormal, statelessUniform, stepSeed } from './statelessUniform.ts'

// Ops with gradients that tfjs lacks or has wrong
export { affine } from './ops/affine.ts'
export type { AffineOptions } from './ops/affine.ts'
export { affineGrid } from './ops/affineGrid.ts'
export { adamUpdate } from './ops/adamUpdate.ts'
export type { AdamUpdate, AdamUpdateOptions } from './ops/adamUpdate.ts'
export { areaResize } from './ops/areaResize.ts'
export { boxDownsample, boxUpsample } from './ops/boxResize.ts'
export { convolve, convolveTranspose } from './ops/convolve.ts'
export type { ConvolveOptions, Pads } from './ops/convolve.ts'
export { gridSample } from './ops/gridSample.ts'
export type { GridSampleOptions } from './ops/gridSample.ts'
export { inputGradient } from './ops/inputGradient.ts'
export { SecondOrderError } from './ops/SecondOrderError.ts'
export { leakyRelu } from './ops/leakyRelu.ts'
export { maxPool } from './ops/maxPool.ts'
export type { MaxPoolOptions } from './ops/maxPool.ts'
export { mirrorPad } from './ops/mirrorPad.ts'
export type { MirrorMode, Paddings } from './ops/mirrorPad.ts'
export { normalise } from './ops/normalise.ts'
export type { Normalised, NormaliseOptions } from './ops/normalise.ts'
export { withPortableOps } from './ops/portable.ts'
export { squaredSum } from './ops/squaredSum.ts'
