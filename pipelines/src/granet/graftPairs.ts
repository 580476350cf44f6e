// Pairs whose truth is known: a phantom film with opacities receives the lung of its nearest healthy film, as GRANet grafts
// (G8), and its lesion-free twin is what should come out. All films in the canonical pose and one view, so that what is
// measured is the graft and not the aligner. Healthy films are twins of the other patients.
import { nearestNeighbours } from '@radiograft/blend'
import { renderCohort, rsnaCohort, type PhantomFilmDescription, type RenderedFilm } from '@radiograft/data-io'
import type { GraftPair } from './graftLikeness.ts'

export interface GraftPairOptions {
  readonly seed: number
  readonly pairs: number
  /** 32, 64, 128, 256, 512 or 1024 pixels */
  readonly size: number
  /** 0 easy to 1 invisible */
  readonly difficulty: number
  /** rendering threads. @default 2 */
  readonly threads?: number
  /** after each rendered film */
  readonly onFilm?: (done: number, of: number) => void
}

/** About this share of a cohort has opacities (G1: .2253); a little fewer, so that one call finds enough. */
const POSITIVE = 0.2
const unit = (pixels: ArrayLike<number>): Float32Array => Float32Array.from(pixels, (grey) => grey / 255)
const hasOpacity = (film: PhantomFilmDescription): boolean => film.findings.includes('opacity')

export const graftPairs = async (options: GraftPairOptions): Promise<ReadonlyArray<GraftPair>> => {
  const { seed, pairs, size, difficulty, threads = 2 } = options
  const knobs = { jitter: 0, view: 'PA' } as const
  const wanted = rsnaCohort(seed, Math.ceil(pairs / POSITIVE) + 20, knobs)
    .filter(hasOpacity)
    .slice(0, pairs)
  const rendered: Array<Omit<RenderedFilm, 'pixels' | 'twin'> & { pixels: Float32Array; twin: Float32Array }> = []
  const films = wanted.map((film) => film.index)
  for await (const film of renderCohort({ ...knobs, seed, films, size, delta: difficulty, workers: threads })) {
    if (film.findings.length > 0) rendered.push({ ...film, pixels: unit(film.pixels), twin: unit(film.twin) })
    options.onFilm?.(rendered.length, films.length)
  }
  const image = (pixels: Float32Array) => ({ pixels, height: size, width: size })
  const { indices } = nearestNeighbours(
    rendered.map((film) => image(film.pixels)),
    rendered.map((film) => image(film.twin)),
    { exclude: (query, pool) => rendered[query]!.description.patientId === rendered[pool]!.description.patientId },
  )
  return rendered.map((film, i) => {
    const donor = rendered[indices[i]!]!
    return {
      film: film.description.filmId,
      patient: film.description.patientId,
      donorFilm: donor.description.filmId,
      recipient: film.pixels,
      donor: donor.twin,
      truth: film.twin,
      boxes: film.findings.map(({ box }) => box),
    }
  })
}
