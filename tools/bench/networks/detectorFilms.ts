// The films and boxes of the detector rows, as detector_films in networks/detector_model.py: pixels from the formula, two
// boxes on every other film.
import type { Box } from '@radiograft/geometry'
import { formulaValues } from '@radiograft/nn/testing'

export interface BenchFilm {
  /** [size, size] in [0, 1] */
  readonly pixels: Float32Array
  readonly boxes: ReadonlyArray<Box>
  readonly class: number
}

export const FILM_CLASSES = 3

/** In shares of the film: the size of RSNA's opacities. */
const boxes: ReadonlyArray<Box> = [
  [0.2, 0.3, 0.5, 0.6],
  [0.55, 0.4, 0.8, 0.75],
]

export const detectorFilms = (size: number, batch: number): ReadonlyArray<BenchFilm> =>
  Array.from({ length: batch }, (_, i) => ({
    pixels: formulaValues(`film.${i}`, size * size).map((value) => 0.5 + 0.5 * value),
    boxes: i % 2 === 0 ? boxes.map((box) => box.map((share) => share * size) as unknown as Box) : [],
    class: i % FILM_CLASSES,
  }))
