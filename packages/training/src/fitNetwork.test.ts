import { beforeAll, expect, it } from '@jest/globals'
import { scope } from '@radiograft/nn'
import type { Params } from '@radiograft/nn'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { fit } from './fit.ts'
import { fitNetwork } from './fitNetwork.ts'
import { compiledStep, sampleTraining } from './testing/sampleTraining.ts'
import { TrainingCancelledError, TrainingDivergedError, TrainingError } from './TrainingError.ts'

beforeAll(() => loadRuntime())

const networkOf = (state: Params): Params => scope(state, 'net')
/** the sample without its validation, 7 steps */
const sample = () => {
  const step = compiledStep()
  const { validate: _, host: __, ...options } = sampleTraining(step, { steps: 7 })
  return { ...options, step, networkOf }
}
const valuesOf = (params: Params) => Object.entries(params).map(([name, tensor]) => [name, [...tensor.dataSync()]])

it('gives the network of the state that fit ends with, its curves, and nothing else stays', async () => {
  const before = tf.memory().numTensors
  const { networkOf: __, ...plain } = sample()
  const straight = await fit(plain)
  const expected = valuesOf(networkOf(straight.state))
  tf.dispose(straight.state)
  plain.step.dispose()
  expect(tf.memory().numTensors).toBe(before)

  const options = sample()
  const { params, series } = await fitNetwork(options)
  expect(Object.keys(params)).toEqual(['a.bias', 'a.weight', 'b.bias', 'b.weight'])
  expect(valuesOf(params)).toEqual(expected)
  expect(series).toEqual(straight.series)
  expect(options.step.graphs()).toBe(0)
  expect(tf.memory().numTensors).toBe(before + 4)
  tf.dispose(params)
})

const signal = AbortSignal.abort('enough')
it.each([
  ['diverges', { knobs: () => ({ adamStepSize: Infinity, adamRootCorrection: 1 }) }, TrainingDivergedError],
  ['is cancelled', { signal }, TrainingCancelledError],
  ['lacks a film', { batches: () => Promise.reject(new RangeError('no film 3')) }, RangeError],
  ['cannot begin', { logEvery: 0 }, TrainingError],
])('of a training that %s no tensor stays', async (_, spoiled, kind) => {
  const before = tf.memory().numTensors
  const options = { ...sample(), ...spoiled }
  await expect(fitNetwork(options)).rejects.toBeInstanceOf(kind)
  expect(options.step.graphs()).toBe(0)
  expect(tf.memory().numTensors).toBe(before)
})
