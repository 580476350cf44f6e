// Residual attention (row G15): the map |x − G(x)| of a film, made comparable between films and brought to every level of
// the feature pyramid, where the network multiplies its features by it. The paper gives neither the form nor the
// normalisation, so both are options. Runs outside the graph; the batch carries the flat result.
import { resizeArea } from '@radiograft/geometry'
import { cellsOf } from './anchors.ts'
import { DetectorError } from './DetectorError.ts'

/** `1+a`: features are amplified where the residual is and kept elsewhere; `a`: they vanish where there is no residual. */
export type AttentionForm = '1+a' | 'a'

export interface AttentionNormalisation {
  /**
   * `constant`: min(1, residual / reference): a film without residual keeps a map near 0 (row G16), which is what tells
   * normal films apart. `film-max`: residual / max(film's maximum, reference): the map of every film that has a residual
   * reaches 1. @default 'constant'
   */
  readonly by?: 'constant' | 'film-max'
  /** a residual of this size, of a grey range of 1, counts as 1 (as the least maximum in `film-max`) @default .2 */
  readonly reference?: number
}

/**
 * @param residual any shape, in [0, 1]
 * @returns the same shape, in [0, 1]
 */
export const normaliseAttention = (
  residual: Float32Array,
  { by = 'constant', reference = 0.2 }: AttentionNormalisation = {},
): Float32Array => {
  if (!(reference > 0)) throw new DetectorError('normaliseAttention', `the reference ${reference} is not positive`)
  const one =
    by === 'constant'
      ? reference
      : Math.max(
          reference,
          residual.reduce((max, v) => Math.max(max, v), 0),
        )
  return residual.map((value) => Math.min(value / one, 1))
}

/**
 * The map at the size of every pyramid level, by exact area average, level after level in one flat array of
 * Σ ⌈height / 2^l⌉ ⌈width / 2^l⌉ numbers.
 * @param map [mapHeight, mapWidth] in [0, 1], of any size: it covers the same field as the film
 * @param film size of the film that the detector sees
 */
export const attentionPyramid = (
  map: Float32Array,
  mapHeight: number,
  mapWidth: number,
  film: { readonly height: number; readonly width: number },
  levels: ReadonlyArray<number>,
): Float32Array => {
  const parts = levels.map((level) =>
    resizeArea(map, mapHeight, mapWidth, cellsOf(film.height, level), cellsOf(film.width, level)),
  )
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
