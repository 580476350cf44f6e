/**
 * Patches of 7 x 7 pixels from each level of the films' Laplacian pyramids, as in the PGGAN paper (Karras 2018, section 5; P8). What `patchWasserstein`
 * compares, level by level.
 */
import type { Rng } from '@radiograft/random'
import type { Features } from './features.ts'
import { checkFilms, filmAt, type Films } from './films.ts'
import { laplacianPyramid, pyramidLevels } from './laplacianPyramid.ts'

export const patchSide = 7

export interface PatchOptions {
  /** patches a film and level @default 128 */
  readonly patches?: number
  /**
   * Centres [row, column, row, column, …] of one film's patches at one level, 3 pixels or more inside. @default drawn from the generator
   * by film and level, so that films of equal number have equal places in every set
   */
  readonly places?: (film: number, level: number, height: number, width: number) => ArrayLike<number>
}

export interface LevelDescriptors extends Features {
  /** size of the level's films */
  readonly height: number
  readonly width: number
}

/**
 * Level by level, finest first: [count x patches, 49], film by film. All numbers of a level have mean 0 and standard deviation 1 (their number below): each set is
 * normalised by itself, as in the reference, so that a set which is brighter or flatter as a whole is not told from another.
 * A level without any contrast is all 0.
 * @throws MetricError when films are below 16 pixels or cannot be halved
 */
export const patchDescriptors = (films: Films, rng: Rng, options: PatchOptions = {}): readonly LevelDescriptors[] => {
  checkFilms('films', films)
  const { patches = 128 } = options
  const places = options.places ?? drawn(rng, patches)
  const columns = patchSide ** 2
  const levels = Array.from({ length: pyramidLevels(films.height, films.width) }, (_, s) => ({
    values: new Float64Array(films.count * patches * columns),
    rows: films.count * patches,
    columns,
    height: films.height / 2 ** s,
    width: films.width / 2 ** s,
  }))
  for (let film = 0; film < films.count; film++) {
    laplacianPyramid(filmAt(films, film), films.height, films.width).forEach(({ pixels, height, width }, s) => {
      const centres = places(film, s, height, width)
      for (let p = 0; p < patches; p++) {
        const [top, left] = [centres[2 * p]! - 3, centres[2 * p + 1]! - 3]
        const to = (film * patches + p) * columns
        for (let r = 0; r < patchSide; r++) {
          const from = (top + r) * width + left
          levels[s]!.values.set(pixels.subarray(from, from + patchSide), to + r * patchSide)
        }
      }
    })
  }
  for (const { values } of levels) normalise(values)
  return levels
}

const drawn =
  (rng: Rng, patches: number): NonNullable<PatchOptions['places']> =>
  (film, level, height, width) => {
    const stream = rng.fork('patches').fork(film).fork(level)
    return Int32Array.from({ length: 2 * patches }, (_, i) => stream.int(3, (i % 2 === 0 ? height : width) - 3))
  }

const normalise = (values: Float64Array): void => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  const deviation = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length)
  // rounding alone is no contrast
  const flat = deviation <= 1e-12 * Math.max(1, Math.abs(mean))
  for (let i = 0; i < values.length; i++) values[i] = flat ? 0 : (values[i]! - mean) / deviation
}
