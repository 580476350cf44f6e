import { expect, test } from '@jest/globals'
import * as api from './index.ts'
import * as stages from './stages/index.ts'

test('public names', () => {
  expect(Object.keys(api).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'AlignError',
    'agreementOf',
    'alignerConfig',
    'alignerOf',
    'alignerState',
    'alignerStep',
    'alignmentLoss',
    'chooseReference',
    'meanFilm',
    'perceptualNetwork',
    'perceptualWeights',
    'randomPose',
    'restoreBox',
    'spatialTransformer',
  ])
  expect(Object.keys(stages)).toEqual([
    'alignFilms',
    'fitAligner',
    'measureAgreement',
    'restoreDetections',
    'warpFilms',
    'warpMasks',
  ])
})

test('the documented snippet: a box of the aligned film in pixels of its own film', () => {
  // (30 − 64) · 1.1 + 64 + .02 · 64 = 27.88, and so on
  const box = api.restoreBox([30, 40, 60, 80], [1.1, 0, 0.02, 0, 1.1, 0], 128, 128)
  ;[27.88, 37.6, 60.88, 81.6].forEach((v, i) => expect(box[i]).toBeCloseTo(v, 9))
})
