// Pairs whose truth is known (phantom answer 3): the opacities of a film A go into the healthy film B of another patient,
// and what should come out is B rendered with the very same opacities. All films in the canonical pose and one view, so
// that what is measured is the graft and not the aligner. Healthy films are twins.
import {
  renderCohort,
  renderFilm,
  rsnaCohort,
  type PhantomFilmDescription,
  type RenderedFilm,
} from '@radiograft/data-io'
import { boxMask } from '@radiograft/geometry'
import { meanAbsoluteError } from '@radiograft/metrics'
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
/** The phantom's own rule of visibility: mean difference to the healthy film in grey levels of 255. */
const VISIBLE = 6
const isVisible = ({ recipient, truth, boxes }: GraftPair, size: number): boolean => {
  const mask = boxMask(boxes, size, size)
  return meanAbsoluteError(recipient, truth, mask) * 255 >= VISIBLE
}
const hasOpacity = (film: PhantomFilmDescription): boolean => film.findings.includes('opacity')

/**
 * At most as many as asked for: a lesion that comes to lie where the recipient has no lung shows nothing there, leaves
 * nothing to graft, and is left out.
 */
export const graftPairs = async (options: GraftPairOptions): Promise<ReadonlyArray<GraftPair>> => {
  const { seed, pairs, size, difficulty, threads = 2 } = options
  const knobs = { jitter: 0, view: 'PA', redraw: false } as const
  const wanted = rsnaCohort(seed, Math.ceil(pairs / POSITIVE) + 20, knobs)
    .filter(hasOpacity)
    .slice(0, pairs)
  const rendered: Array<Omit<RenderedFilm, 'pixels' | 'twin'> & { pixels: Float32Array; twin: Float32Array }> = []
  const films = wanted.map((film) => film.index)
  for await (const film of renderCohort({ ...knobs, seed, films, size, delta: difficulty, workers: threads })) {
    if (film.findings.length > 0) rendered.push({ ...film, pixels: unit(film.pixels), twin: unit(film.twin) })
    options.onFilm?.(rendered.length, films.length)
  }
  // the next film receives, not the nearest: seams between unlike films are what blending is for
  const made = rendered.map((donor, i) => {
    const { description } = rendered[(i + 1) % rendered.length]!
    const findingsOf = donor.description.index
    const both = renderFilm({ ...knobs, seed, index: description.index, findingsOf, size, delta: difficulty })
    return {
      film: description.filmId,
      patient: donor.description.patientId,
      donorFilm: donor.description.filmId,
      recipient: unit(both.twin),
      donor: donor.pixels,
      donorTwin: donor.twin,
      truth: unit(both.pixels),
      boxes: donor.findings.map(({ box }) => box),
    }
  })
  return made.filter((pair) => isVisible(pair, size))
}
