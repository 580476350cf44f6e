// The affine map of a spatial transformer and its algebra. Used by align (fitting, agreement), data-io (phantom poses) and
// augmentation.
import { GeometryError } from '../GeometryError.ts'

/**
 * Row-major 2 x 3, torch's affine_grid convention with align_corners = false: **output to input**, in normalised
 * coordinates where (-1, -1) is the outer corner of the top left pixel and (1, 1) that of the bottom right one:
 * x_in = t0 x + t1 y + t2, y_in = t3 x + t4 y + t5. So a scale of 1.1 shows more of the input: things look smaller.
 */
export type Theta = readonly [t0: number, t1: number, t2: number, t3: number, t4: number, t5: number]

/** The map that changes nothing. */
export const identityTheta: Theta = [1, 0, 0, 0, 1, 0]

/** The input point of an output point, both normalised. */
export const applyTheta = (theta: Theta, x: number, y: number): readonly [x: number, y: number] => [
  theta[0] * x + theta[1] * y + theta[2],
  theta[3] * x + theta[4] * y + theta[5],
]

/**
 * The map "first b, then a" on points: applyTheta(composeTheta(a, b), p) = applyTheta(a, applyTheta(b, p)).
 * On films the order turns round: a film warped by a and the result warped by b is the film warped by composeTheta(a, b).
 */
export const composeTheta = (a: Theta, b: Theta): Theta => {
  const [x, y] = applyTheta(a, b[2], b[5])
  return [
    a[0] * b[0] + a[1] * b[3],
    a[0] * b[1] + a[1] * b[4],
    x,
    a[3] * b[0] + a[4] * b[3],
    a[3] * b[1] + a[4] * b[4],
    y,
  ]
}

/** Area of input per area of output; negative when the map mirrors, 0 when it collapses. */
export const determinant = (theta: Theta): number => theta[0] * theta[4] - theta[1] * theta[3]

/**
 * The map from input to output.
 * @throws GeometryError when the determinant is 0 or not finite
 */
export const invertTheta = (theta: Theta): Theta => {
  const det = determinant(theta)
  if (!Number.isFinite(1 / det)) {
    throw new GeometryError('invertTheta', `the map [${theta.join(', ')}] has determinant ${det} and no inverse`)
  }
  const [a, b, tx, c, d, ty] = theta
  return [d / det, (0 - b) / det, (b * ty - d * tx) / det, (0 - c) / det, a / det, (c * tx - a * ty) / det]
}

/**
 * Scale, rotation and shift: [sx cos a, -sy sin a, tx, sx sin a, sy cos a, ty].
 *
 * A positive angle turns the sampling grid from x towards y, so the picture turns the other way, anticlockwise on the
 * screen. On films that are not square the turn is one of normalised coordinates, hence not of pixels.
 * @param pose
 *   scale: factor, or one for each axis applied before the rotation (default 1);
 *   angle: radians (default 0), or instead q = tan(angle / 2), which needs no sine and is bit-equal on every engine;
 *   tx, ty: in half film sizes (default 0)
 * @throws GeometryError when both angle and q are given
 */
export const thetaFrom = (pose: {
  readonly scale?: number | readonly [x: number, y: number]
  readonly angle?: number
  readonly q?: number
  readonly tx?: number
  readonly ty?: number
}): Theta => {
  const { scale = 1, angle, q, tx = 0, ty = 0 } = pose
  if (angle !== undefined && q !== undefined) throw new GeometryError('thetaFrom', 'give angle or q, not both')
  const [sx, sy] = typeof scale === 'number' ? [scale, scale] : scale
  const cos = q === undefined ? Math.cos(angle ?? 0) : (1 - q * q) / (1 + q * q)
  const sin = q === undefined ? Math.sin(angle ?? 0) : (2 * q) / (1 + q * q)
  return [sx * cos, 0 - sy * sin, tx, sx * sin, sy * cos, ty] // 0 - x, so that no turn gives 0 and not -0
}
