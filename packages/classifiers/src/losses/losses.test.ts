import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { formula } from '@radiograft/nn/testing'
import { loadRuntime } from '@radiograft/tensor/node'
import * as tf from '@tensorflow/tfjs-core'
import { classifierLoss } from '../classifierStep.ts'
import { formulaBatch } from '../testing/formulaClassifier.ts'
import fixture from '../fixtures/small-cnn.json' with { type: 'json' }
import { sigmoidCrossEntropy } from './sigmoidCrossEntropy.ts'
import { softmaxCrossEntropy } from './softmaxCrossEntropy.ts'

beforeAll(() => loadRuntime({ threads: 2 }))
beforeEach(() => tf.engine().startScope())
afterEach(() => tf.engine().endScope())

const valueOf = (loss: tf.Tensor): number => loss.dataSync()[0]!

test('softmax by hand: ln 4 and ln 4/3 of two films, weighted 1 and 3, over the films', () => {
  const logits = tf.tensor2d([0, Math.log(3), 0, Math.log(3)], [2, 2]) // probabilities 1/4 and 3/4
  const targets = tf.tensor2d([1, 0, 0, 1], [2, 2])
  const loss = softmaxCrossEntropy(logits, targets, tf.tensor1d([1, 3]))
  expect(valueOf(loss)).toBeCloseTo((Math.log(4) + 3 * Math.log(4 / 3)) / 2, 6)
})

test('sigmoid by hand: ln 4 and ln 4/3 over the two known ones; what nobody knows has no gradient', () => {
  const logits = tf.tensor2d([Math.log(3), Math.log(3), 5], [1, 3]) // probability 3/4
  const targets = tf.tensor2d([0, 1, 0], [1, 3])
  const weights = tf.tensor2d([1, 2, 0], [1, 3])
  const { value, grad } = tf.valueAndGrad((x) => sigmoidCrossEntropy(x, targets, weights) as tf.Scalar)(logits)
  expect(valueOf(value)).toBeCloseTo((Math.log(4) + 2 * Math.log(4 / 3)) / 2, 6)
  grad.dataSync().forEach((v, i) => expect(v).toBeCloseTo([0.75 / 2, (2 * -0.25) / 2, 0][i]!, 6))
  expect(valueOf(sigmoidCrossEntropy(logits, targets, tf.zerosLike(weights)))).toBe(0)
})

test('sure and wrong is finite: no logarithm of 0 is taken', () => {
  const far = tf.tensor2d([80, -80], [1, 2])
  const targets = tf.tensor2d([0, 1], [1, 2])
  expect(valueOf(softmaxCrossEntropy(far, targets, tf.tensor1d([1])))).toBeCloseTo(160, 4)
  expect(valueOf(sigmoidCrossEntropy(far, targets, tf.onesLike(far)))).toBeCloseTo(80, 4)
})

test.each(['classes', 'findings'] as const)('%s: value and gradient equal torch', (task) => {
  const { loss, gradient } = fixture.losses[task]
  const batch = formulaBatch(task, 0)
  const logits = tf.mul(formula('logits', [5, 3]), 3)
  const { value, grad } = tf.valueAndGrad((x) => classifierLoss(task, x, batch) as tf.Scalar)(logits)
  expect(Math.abs(valueOf(value) - loss)).toBeLessThan(1e-6)
  grad.dataSync().forEach((v, i) => expect(Math.abs(v - gradient[i]!)).toBeLessThan(1e-6))
})
