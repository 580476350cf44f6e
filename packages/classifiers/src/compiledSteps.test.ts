// Every step and every function that this package compiles: compiled equals eager in fp32, bf16 stays near fp32.
import { beforeAll, jest, test } from '@jest/globals'
import { formulaParams } from '@radiograft/nn/testing'
import { rng } from '@radiograft/random'
import { loadRuntime } from '@radiograft/tensor/node'
import { expectCompiledFunction, expectCompiledStep, expectNoneWithoutCase } from '@radiograft/testing/expect'
import type { FunctionCase, StepCase } from '@radiograft/testing'
import * as tf from '@tensorflow/tfjs-core'
import { classifierNetwork, type ClassifierConfig, type ClassifierTask } from './classifierConfig.ts'
import { classifierKnobs, classifierState, classifierStep } from './classifierStep.ts'
import { filmClassifier } from './filmClassifier.ts'
import { formulaBatch } from './testing/formulaClassifier.ts'
import * as api from './index.ts'

jest.setTimeout(120_000) // a busy machine is no failure
beforeAll(() => loadRuntime({ threads: 2 }))

const SIZE = 32
const config = (task: ClassifierTask): ClassifierConfig => ({
  architecture: 'small-cnn',
  task,
  size: SIZE,
  classes: ['a', 'b', 'c'],
  width: 8,
  dropout: 0.2,
})
const weights = (task: ClassifierTask) => formulaParams(classifierNetwork(config(task)).init(rng(0), []))

const stepCase = (task: ClassifierTask): StepCase => ({
  name: task,
  covers: ['classifierStep', 'stages/trainClassifier.ts'],
  step: classifierStep(classifierNetwork(config(task)), { task, seed: 3 }),
  state: () => classifierState(weights(task)),
  batch: () => formulaBatch(task, 0),
  knobs: (step) => classifierKnobs(step - 1, 1e-3),
})
// a task that is added without a case is a type error
const byTask: Readonly<Record<ClassifierTask, StepCase>> = {
  classes: stepCase('classes'),
  findings: stepCase('findings'),
}
const steps = Object.values(byTask)

const classifying: FunctionCase = {
  name: 'filmClassifier',
  covers: ['filmClassifier.ts'],
  answer: async (options) => {
    const params = tf.tidy(() => weights('classes'))
    const classifier = filmClassifier(config('classes'), { batch: 4, ...options })
    const pixels = rng('films').uniforms(3 * SIZE * SIZE)
    const found = await classifier.classify(params, { pixels, count: 3, height: SIZE, width: SIZE })
    classifier.dispose()
    tf.dispose(params)
    return { logits: found.logits, features: found.features }
  },
  bf16: 0.02,
}

test.each(steps)('step: $name', (one) => expectCompiledStep(one))

test('function: filmClassifier', () => expectCompiledFunction(classifying))

test('nothing that is compiled is left out of these cases', () =>
  expectNoneWithoutCase(
    import.meta.url,
    api,
    [...steps, classifying],
    ['classifierStep', 'filmClassifier.ts', 'stages/trainClassifier.ts'],
  ))
