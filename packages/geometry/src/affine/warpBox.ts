// Points and boxes through an affine map of films, in pixels (row G6: boxes follow the aligned film).
import { enclosingBox } from '../boxes/Box.ts'
import type { Box } from '../boxes/Box.ts'
import { applyTheta, invertTheta } from './Theta.ts'
import type { Theta } from './Theta.ts'

/**
 * Where a point of the input film comes to lie on the warped film: pixel -> normalised -> inverse of theta -> pixel.
 * @param x, y in pixels of the input film [height, width]
 * @param outHeight, outWidth size of the warped film, default the input's
 * @throws GeometryError when theta has no inverse
 */
export const warpPointToOutput = (
  theta: Theta,
  x: number,
  y: number,
  height: number,
  width: number,
  outHeight = height,
  outWidth = width,
): readonly [x: number, y: number] => {
  const [u, v] = applyTheta(invertTheta(theta), (2 * x) / width - 1, (2 * y) / height - 1)
  return [((u + 1) * outWidth) / 2, ((v + 1) * outHeight) / 2]
}

/**
 * The box around the four warped corners of a box (row G6). It may reach beyond the film: clip it where that matters.
 * Under rotation it is larger than the thing it holds; nothing smaller is certain to hold it.
 * @param box in pixels of the input film [height, width]; an empty box stays empty only under maps without rotation,
 *   so drop empty boxes first
 * @throws GeometryError when theta has no inverse
 */
export const warpBox = (
  box: Box,
  theta: Theta,
  height: number,
  width: number,
  outHeight = height,
  outWidth = width,
): Box => {
  const [x0, y0, x1, y1] = box
  const corners = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ] as const
  return enclosingBox(corners.map(([x, y]) => warpPointToOutput(theta, x, y, height, width, outHeight, outWidth)))
}
