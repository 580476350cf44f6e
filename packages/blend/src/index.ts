/**
 * Grafting on films: the nearest donor, its pixels pasted into boxes, the seam solved away. Plain typed arrays, [0, 1].
 *
 * ```ts
 * import { graftFilm, nearestNeighbours } from '@radiograft/blend'
 *
 * const { indices } = nearestNeighbours([film], normals, { exclude: (q, p) => patientOf(q) === patientOf(p) })
 * const donor = normals[indices[0]]
 * const { pasted, blended } = graftFilm({ film: film.pixels, donor: donor.pixels, boxes, height: 128, width: 128 })
 * ```
 */
// nearest neighbour (G7)
export {
  nearestNeighbours,
  nearestThumbnails,
  type NeighbourOptions,
  type Neighbours,
} from './neighbours/nearestNeighbours.ts'
export { thumbnails, type FilmImage, type ThumbnailOptions, type Thumbnails } from './neighbours/thumbnails.ts'
// graft (G8)
export { graftFilm, type Graft, type GraftInput } from './graft/graftFilm.ts'
export { paste } from './graft/paste.ts'
export { poissonGraft } from './graft/poissonGraft.ts'
export { donorHistogram, type DonorHistogram } from './graft/donorHistogram.ts'
// pseudo-abnormal films (G22)
export { parseSyntheticId, syntheticId } from './lesions/syntheticId.ts'
// Poisson blending, the operators
export { poissonBlend, type IterativeOptions } from './poisson/poissonBlend.ts'
export { poissonBlendBox } from './poisson/poissonBlendBox.ts'
export { type FilmPixels, type Guidance, type PoissonOptions } from './poisson/correction.ts'
// errors
export { BlendError } from './BlendError.ts'
