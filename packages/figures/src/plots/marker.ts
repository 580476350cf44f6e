// A small mark on a line. Its shape tells the series apart without colour. Used by line plots and panel plots.
import { element } from '../svg/element.ts'

type Point = readonly [x: number, y: number]

/** Points in pixels, joined. */
export const path = (points: ReadonlyArray<Point>): string =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')

/** Circle, square, triangle, diamond, in turn. */
export const marker = (shape: number, x: number, y: number, fill: string): string => {
  if (shape % 4 === 0) return element('circle', { cx: x, cy: y, r: 3.5, fill })
  if (shape % 4 === 1) return element('rect', { x: x - 3.2, y: y - 3.2, width: 6.4, height: 6.4, fill })
  const corners: ReadonlyArray<Point> =
    shape % 4 === 2
      ? [
          [0, -4.3],
          [4.2, 3.4],
          [-4.2, 3.4],
        ]
      : [
          [0, -4.6],
          [4.6, 0],
          [0, 4.6],
          [-4.6, 0],
        ]
  return element('path', { d: `${path(corners.map(([dx, dy]) => [x + dx, y + dy]))}Z`, fill })
}
