import { expect, test } from '@jest/globals'
import { auc } from './auc.ts'
import fixture from './fixtures/small-cnn.json' with { type: 'json' }
import { probabilities } from './probabilities.ts'
import { validationScores } from './validationScores.ts'

test('area under the curve by hand, with ties, and as scikit-learn has it', () => {
  // pairs: .9 beats both; .5 ties with one and beats the other
  expect(auc([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0])).toBe(3.5 / 4)
  expect(auc([1, 2], [1, 0])).toBe(0)
  expect(auc([1, 2], [1, 1])).toBeNaN()
  expect(auc([1, 2], [0, 0])).toBeNaN()
  for (const { scores, having, auc: expected } of fixture.areas) expect(auc(scores, having)).toBeCloseTo(expected, 12)
})

test('probabilities by hand: softmax of classes, each finding by itself; far logits do not overflow', () => {
  const [a, b] = probabilities('classes', [0, Math.log(3)])
  expect([a, b].map((p) => p!.toFixed(12))).toEqual(['0.250000000000', '0.750000000000'])
  expect([...probabilities('findings', [0, Math.log(3)])]).toEqual([0.5, expect.closeTo(0.75, 12)])
  expect([...probabilities('classes', [1000, 0])]).toEqual([1, 0])
  expect([...probabilities('findings', [1000, -1000])]).toEqual([1, 0])
})

test('classes by hand: the most probable one counts; a class without a film has no value', () => {
  const one = (c: number) => ({ targets: [0, 1, 2].map((k) => (k === c ? 1 : 0)), known: [1, 1, 1] })
  // said: a, a, b
  const logits = Float32Array.from([2, 1, 0, /**/ 2, 1, 0, /**/ 0, 3, 1])
  expect(validationScores({ task: 'classes', classes: ['a', 'b', 'c'] }, logits, [one(0), one(1), one(1)])).toEqual({
    'recall.a': 1,
    'auc.a': 0.75, // its film ties with one of the others
    'recall.b': 0.5,
    'auc.b': 0.75,
    recall: 0.75,
  })
})

test('findings by hand: above one half counts; films of which nobody knows are left out', () => {
  const logits = Float32Array.from([1, -1, 2, -2])
  const answers = [
    { targets: [1], known: [1] },
    { targets: [1], known: [1] },
    { targets: [0], known: [0] },
    { targets: [0], known: [1] },
  ]
  expect(validationScores({ task: 'findings', classes: ['x'] }, logits, answers)).toEqual({
    'recall.x': 0.5,
    'auc.x': 1,
    recall: 0.5,
  })
})
