/**
 * @radiograft/geometry: boxes, affine maps, resampling, pixel ranges and distances of points on plain typed arrays. No tensors, no dependencies.
 *
 * ```ts
 * import { boxIou, thetaFrom, warpBox, warpFilm } from '@radiograft/geometry'
 *
 * const theta = thetaFrom({ scale: 1.1, angle: 0.05 }) // output -> input, as torch's affine_grid
 * const aligned = warpFilm(pixels, 128, 128, theta, 'border')
 * const box = warpBox([30, 40, 60, 80], theta, 128, 128) // the box follows its film
 * const overlap = boxIou(box, [32, 40, 60, 78])
 * ```
 */

// boxes
export { boxArea, clipBox, enclosingBox, isEmptyBox, scaleBox } from './boxes/Box.ts'
export type { Box } from './boxes/Box.ts'
export { boxIou, iouMatrix } from './boxes/boxIou.ts'
export { boxMask } from './boxes/boxMask.ts'

// affine maps
export { applyTheta, composeTheta, determinant, identityTheta, invertTheta, thetaFrom } from './affine/Theta.ts'
export type { Theta } from './affine/Theta.ts'
export { warpBox, warpPointToOutput } from './affine/warpBox.ts'
export { warpFilm } from './affine/warpFilm.ts'
export { cornerDisagreement } from './affine/cornerDisagreement.ts'

// pixels
export { asSigned, asUnit, asXrv, PixelRangeError, toSigned, toUnit, toXrv } from './pixels/PixelRange.ts'
export type { SignedPixels, UnitPixels, XrvPixels } from './pixels/PixelRange.ts'
export { boxAverage, resizeArea } from './pixels/resizeArea.ts'

// distances
export { squaredDistanceWithin } from './distance/squaredDistanceWithin.ts'
export type { Rows } from './distance/Rows.ts'
export { ownRowPairs, rowPairs } from './distance/rowPairs.ts'
export type { PairQuantity } from './distance/rowPairs.ts'
export { nearestRows } from './distance/nearestRows.ts'
export type { NearestRows } from './distance/nearestRows.ts'
export { insideBalls } from './distance/insideBalls.ts'

// errors
export { GeometryError } from './GeometryError.ts'
