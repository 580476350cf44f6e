/** A box as the rectangle of its pixels, without a mask of the film. `poissonBlendBox` and `poissonGraft` use it. */
import type { Box } from '@radiograft/geometry'

/** First and one past the last column and row. */
export type Rectangle = readonly [x0: number, y0: number, x1: number, y1: number]

/** The pixels whose centres are in the box, as geometry's `boxMask` has them; undefined where there is none. */
export const boxPixels = ([x0, y0, x1, y1]: Box, height: number, width: number): Rectangle | undefined => {
  const first = (edge: number, size: number): number => Math.min(Math.max(Math.ceil(edge - 0.5), 0), size)
  const pixels: Rectangle = [first(x0, width), first(y0, height), first(x1, width), first(y1, height)]
  return pixels[2] > pixels[0] && pixels[3] > pixels[1] ? pixels : undefined
}

/** True where two rectangles share a pixel or a side: a Poisson blend must solve them together. */
export const touch = (a: Rectangle, b: Rectangle): boolean => {
  const across = Math.min(a[2], b[2]) - Math.max(a[0], b[0])
  const down = Math.min(a[3], b[3]) - Math.max(a[1], b[1])
  return across >= 0 && down >= 0 && across + down > 0
}
