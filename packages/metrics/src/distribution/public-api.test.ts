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
    'measureDiversity',
    'measureFeatures',
    'measurePatches',
    'memoriser',
    'moments',
    'multiScaleSsim',
    'patchDescriptors',
    'patchWasserstein',
    'precisionRecall',
    'projectedFeatures',
    'realFloor',
    'references',
    'sliceDirections',
    'slicedWasserstein',
    'ssimScales',
  ])
})
