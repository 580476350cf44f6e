import { expect, test } from '@jest/globals'
import * as api from './index.ts'
import * as stages from './stages/index.ts'

test('public names', () => {
  expect(Object.keys(api).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'ClassifierError',
    'auc',
    'augmentFilm',
    'augmentation',
    'classifierConfig',
    'classifierFeatures',
    'classifierKnobs',
    'classifierLoss',
    'classifierNetwork',
    'classifierParams',
    'classifierScores',
    'classifierState',
    'classifierStep',
    'filmClassifier',
    'probabilities',
    'sigmoidCrossEntropy',
    'smallCnn',
    'smallCnnDepth',
    'softmaxCrossEntropy',
    'validationScores',
  ])
  expect(Object.keys(stages)).toEqual(['classify', 'fitClassifier'])
})
