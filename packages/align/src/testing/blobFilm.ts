// A picture whose alignment is known: five blurred blobs, no two alike, drawn at any pose without resampling. Used by tests.
import { applyTheta, type Theta } from '@radiograft/geometry'

/** centre x and y in normalised coordinates, width, brightness */
const BLOBS = [
  [-0.45, -0.4, 0.3, 0.9],
  [0.5, -0.35, 0.22, 0.6],
  [0.35, 0.45, 0.34, 0.8],
  [-0.4, 0.5, 0.18, 0.7],
  [0.02, 0.05, 0.14, 0.9],
] as const

/** The picture seen through `pose` (output to input): [size · size] in [0, 1]. The θ that undoes it is pose⁻¹. */
export const blobFilm = (size: number, pose: Theta): Float32Array => {
  const centre = (i: number): number => (2 * i + 1) / size - 1
  return Float32Array.from({ length: size * size }, (_, i) => {
    const [x, y] = applyTheta(pose, centre(i % size), centre(Math.floor(i / size)))
    const value = BLOBS.reduce((s, [bx, by, w, v]) => s + v * Math.exp(-((x - bx) ** 2 + (y - by) ** 2) / w ** 2), 0.05)
    return Math.min(value, 1)
  })
}
