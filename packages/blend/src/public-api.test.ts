import { expect, test } from '@jest/globals'
import * as api from './index.ts'

test('public names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'BlendError',
    'donorHistogram',
    'graftFilm',
    'nearestNeighbours',
    'nearestThumbnails',
    'parseSyntheticId',
    'paste',
    'poissonBlend',
    'poissonBlendBox',
    'poissonGraft',
    'syntheticId',
    'thumbnails',
  ])
})
