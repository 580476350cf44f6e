import { expect, test } from '@jest/globals'
import * as api from './index.ts'

test('public names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'IncomparableFiguresError',
    'TooFewFilmsError',
    'compareFigures',
    'diversity',
    'extractFeatures',
    'frechetDistance',
    'frechetMeasure',
    'frechetOfMoments',
    'kernelDistance',
    'kernelDistanceOnSubsets',
    'kernelMeasure',
    'kernelSubsets',
    'laplacianPyramid',
    'manifoldMeasure',
    'measureArms',
    'measureDiversity',
    'measureFeatures',
    'measurePatches',
    'memoriser',
    'moments',
    'multiScaleSsim',
    'onProjection',
    'patchDescriptors',
    'patchWasserstein',
    'precisionRecall',
    'principalProjection',
    'projectedFeatures',
    'realFloor',
    'references',
    'sliceDirections',
    'slicedWasserstein',
    'ssimScales',
  ])
})
