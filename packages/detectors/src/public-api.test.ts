import { expect, test } from '@jest/globals'
import * as api from './index.ts'
import * as stages from './stages/index.ts'

test('public names', () => {
  expect(Object.keys(api).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'DetectorError',
    'RETINA_LEVELS',
    'anchors',
    'assignTargets',
    'attentionPyramid',
    'augmentFilm',
    'augmentation',
    'balanceOf',
    'batchAssembler',
    'boxPrior',
    'brightness',
    'cellsOf',
    'decodeBoxes',
    'detectionsOf',
    'detector',
    'detectorBatches',
    'detectorConfig',
    'detectorLoss',
    'detectorParams',
    'detectorState',
    'detectorStep',
    'encodeBox',
    'exportDetector',
    'filmClasses',
    'focalLoss',
    'groupNorm',
    'makeDetectorConfig',
    'nms',
    'normaliseAttention',
    'pyramidLevels',
    'retinaNet',
    'smoothL1',
    'warpBoxByEdges',
  ])
  expect(Object.keys(stages)).toEqual(['boxPrior', 'brightness', 'detect', 'fitDetector'])
})
