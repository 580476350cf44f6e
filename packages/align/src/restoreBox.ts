// A box found on an aligned film, brought back to the film it came from. Corners would inflate it under rotation a second
// time (true boxes were enclosed once on the way in), so the box is carried by points at 1/3 and 2/3 of its edges (G19).
import { applyTheta, type Box, type Theta } from '@radiograft/geometry'

const ALONG = [1 / 3, 2 / 3] as const

/**
 * @param box in pixels of the aligned film [height, width]
 * @param theta the map that aligned it: output (aligned) to input (source)
 * @returns the box in pixels of the source film of the same size, clipped to it
 */
export const restoreBox = (box: Box, theta: Theta, height: number, width: number): Box => {
  const [x0, y0, x1, y1] = box
  const source = (x: number, y: number): readonly [number, number] => {
    const [u, v] = applyTheta(theta, (2 * x) / width - 1, (2 * y) / height - 1)
    return [((u + 1) * width) / 2, ((v + 1) * height) / 2]
  }
  const mean = (values: ReadonlyArray<number>): number => values.reduce((a, b) => a + b, 0) / values.length
  const vertical = (x: number): number => mean(ALONG.map((t) => source(x, y0 + t * (y1 - y0))[0]))
  const horizontal = (y: number): number => mean(ALONG.map((t) => source(x0 + t * (x1 - x0), y)[1]))
  const clip = (v: number, most: number): number => Math.min(Math.max(v, 0), most)
  return [
    clip(vertical(x0), width),
    clip(horizontal(y0), height),
    clip(vertical(x1), width),
    clip(horizontal(y1), height),
  ]
}
