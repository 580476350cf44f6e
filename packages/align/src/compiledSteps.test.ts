// Every step and every function that this package compiles: compiled equals eager in fp32, bf16 stays near fp32.
import { beforeAll, jest, test } from '@jest/globals'
import { resizeArea } from '@radiograft/geometry'
import { adamInit, adamKnobs, toNetworkTensors, unscope, type Params } from '@radiograft/nn'
import { formulaParams, formulaValues } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { expectCompiledFunction, expectCompiledStep, expectNoneWithoutCase } from '@radiograft/testing/expect'
import type { FunctionCase, StepCase } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import * as api from './index.ts'
import { perceptualWeights } from './losses/perceptualFeatures.ts'
import { alignerStep } from './models/alignerStep.ts'
import { spatialTransformer } from './networks/spatialTransformer.ts'
import { thetaPredictor } from './stages/predictThetas.ts'
import { blankParams } from './testing/constantAligner.ts'

jest.setTimeout(120_000) // a busy machine is no failure
beforeAll(() => loadRuntime({ threads: 2 }))

const SIZE = 64 // below, batch norm at the deepest level has one value a film and turns roundings into signs

const smooth = (name: string, size: number): tf.Tensor =>
  tf.tensor3d(resizeArea(formulaValues(name, 64), 8, 8, size, size), [size, size, 1])

const steps: ReadonlyArray<StepCase> = [
  {
    name: 'alignerStep',
    covers: ['alignerStep', 'stages/trainAligner.ts'],
    step: alignerStep(spatialTransformer({ size: SIZE })),
    state: (): Params => {
      const params = formulaParams(blankParams(SIZE))
      return {
        ...unscope(params, 'aligner'),
        ...unscope(adamInit(params), 'adam'),
        ...unscope(perceptualWeights(SIZE), 'features'),
      }
    },
    batch: () => ({
      moving: tf.stack(['a', 'b', 'c'].map((name) => smooth(name, SIZE))),
      reference: tf.stack([smooth('reference', SIZE)]),
    }),
    knobs: (step) => adamKnobs(step, 1e-3),
  },
]

const functions: ReadonlyArray<FunctionCase> = [
  {
    name: 'thetaPredictor',
    covers: ['stages/predictThetas.ts'],
    answer: async (options) => {
      const params = formulaParams(blankParams(32))
      const config = { architecture: 'stn-resnet18', size: 32, reference: 'r' }
      const predictor = thetaPredictor({ config, tensors: await toNetworkTensors(params) }, options)
      const thetas = predictor.predict([rng('film').uniforms(32 * 32)])
      predictor.dispose()
      tf.dispose(params)
      return { theta: Float64Array.from(thetas[0]!) }
    },
    bf16: 0.02,
  },
]

test.each(steps)('step: $name', (one) => expectCompiledStep(one))

test.each(functions)('function: $name', (one) => expectCompiledFunction(one))

test('nothing that is compiled is left out of these cases', () =>
  expectNoneWithoutCase(
    import.meta.url,
    api,
    [...steps, ...functions],
    ['alignerStep', 'stages/predictThetas.ts', 'stages/trainAligner.ts'],
  ))
