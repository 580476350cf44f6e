// The training step: gradients and three steps of each task against torch.
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { scope, valueAndGradients } from '@radiograft/nn'
import { compileStep } from '@radiograft/tensor'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { classifierKnobs, classifierLoss, classifierParams, classifierState, classifierStep } from './classifierStep.ts'
import { distanceToTorch, type Picks } from '@radiograft/testing'
import { formulaBatch, formulaNetwork, formulaWeights } from './testing/formulaClassifier.ts'
import fixture from './fixtures/small-cnn.json' with { type: 'json' }
import { smallCnn } from './networks/smallCnn.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const tasks = ['classes', 'findings'] as const

test.each(tasks)('%s: gradients equal torch', (task) => {
  const batch = formulaBatch(task, 0)
  const { gradients } = valueAndGradients((p) => {
    const { y } = formulaNetwork.apply(p, batch.films, { training: true })
    return { loss: classifierLoss(task, y.logits, batch), aux: {} }
  }, formulaWeights())
  const expected: Record<string, Picks> = fixture.training[task].gradients
  expect(Object.keys(gradients).toSorted()).toEqual(Object.keys(expected).toSorted())
  const far = Object.entries(expected).filter(([name, value]) => distanceToTorch(gradients[name]!, value) > 1e-5)
  expect(far).toEqual([])
})

test.each(tasks)('%s: three steps equal torch, running statistics included', (task) => {
  const { learningRate, weightDecay, logs, params: after } = fixture.training[task]
  const run = compileStep(classifierStep(formulaNetwork, { task, seed: 1, weightDecay }), { eager: true })
  let state = classifierState(formulaWeights())
  for (const [i, expected] of logs.entries()) {
    const next = run(state, formulaBatch(task, i), classifierKnobs(i, learningRate))
    state = next.state
    for (const name of ['loss', 'gradNorm'] as const)
      expect([name, i, Math.abs(next.logs[name] - expected[name]) < 2e-5]).toEqual([name, i, true])
  }
  const params = classifierParams(state)
  expect(Object.keys(params).toSorted()).toEqual(Object.keys(after).toSorted())
  // a step moves a weight by about the learning rate: .5 % of one step
  const far = Object.entries(after as Record<string, Picks>).filter(
    ([name, picks]) => distanceToTorch(params[name]!, picks) > 0.005 * learningRate,
  )
  expect(far).toEqual([])
  expect(state['step']!.dataSync()[0]).toBe(3)
})

test('dropout masks come from seed and step: another seed, another gradient', () => {
  const network = smallCnn({ size: 32, classes: 3, width: 4, dropout: 0.5 })
  const momentOf = (seed: number): Float32Array => {
    const run = compileStep(classifierStep(network, { task: 'classes', seed }), { eager: true })
    const { state } = run(classifierState(formulaWeights()), formulaBatch('classes', 0), classifierKnobs(0, 1e-3))
    return scope(state, 'adam.m')['head.weight']!.dataSync() as Float32Array
  }
  expect(momentOf(1)).toEqual(momentOf(1))
  expect(momentOf(1)).not.toEqual(momentOf(2))
})
