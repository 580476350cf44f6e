import { expect, test } from '@jest/globals'
import * as commands from './commands/index.ts'
import * as api from './index.ts'
import * as stages from './stages/index.ts'

test('public names', () => {
  expect(Object.keys(api).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'FeaturesError',
    'LayersModelError',
    'applyLayers',
    'classifierExtractor',
    'corrupt',
    'corruptionLadder',
    'corruptions',
    'featureRow',
    'featureSetOf',
    'ladderFeatures',
    'layersNetwork',
    'measureLadder',
    'mobilenetV2',
    'networkExtractor',
    'parseLayersModel',
    'patientHalves',
    'pixelExtractor',
    'readLayersModel',
    'readMobilenetV2',
    'resizeBicubic',
    'rowsOfFilms',
    'spearmanRho',
    'storedExtractor',
    'tensorsDigest',
  ])
  expect(Object.keys(stages)).toEqual(['extractFeatures', 'measureLadder', 'readExtractor'])
  expect(Object.keys(commands)).toEqual(['checkExtractor', 'measureFolders'])
})
