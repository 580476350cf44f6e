import { expect, it } from '@jest/globals'
import * as api from './index.ts'

it('exports exactly these names', () => {
  expect(Object.keys(api).toSorted()).toEqual([
    'GeometryError',
    'PixelRangeError',
    'applyTheta',
    'asSigned',
    'asUnit',
    'asXrv',
    'boxArea',
    'boxAverage',
    'boxIou',
    'boxMask',
    'clipBox',
    'composeTheta',
    'cornerDisagreement',
    'determinant',
    'enclosingBox',
    'identityTheta',
    'invertTheta',
    'iouMatrix',
    'isEmptyBox',
    'resizeArea',
    'scaleBox',
    'squaredDistanceWithin',
    'thetaFrom',
    'toSigned',
    'toUnit',
    'toXrv',
    'warpBox',
    'warpFilm',
    'warpPointToOutput',
  ])
})
