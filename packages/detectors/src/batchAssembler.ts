// Films to the arrays that a training step or an inference takes, outside the graph: augmentation, dense targets, one-hot
// classes, attention at every level. Plain arrays, so that it can run ahead of the step. Used by the fitting and detecting
// stages.
import type { Box } from '@radiograft/geometry'
import { rng } from '@radiograft/random'
import { anchors } from './anchors.ts'
import { assignTargets } from './assignTargets.ts'
import type { AssignOptions } from './assignTargets.ts'
import { augmentFilm } from './augmentFilm.ts'
import type { AugmentOptions } from './augmentFilm.ts'
import { attentionPyramid } from './residualAttention.ts'

export interface AttentionMap {
  /** [height, width], normalised to [0, 1] */
  readonly map: Float32Array
  readonly height: number
  readonly width: number
}

export interface TrainingFilm {
  readonly id: string
  /** [height, width] in [0, 1] */
  readonly pixels: Float32Array
  /** in pixels; none on negatives */
  readonly boxes: ReadonlyArray<Box>
  /** index of the film's class */
  readonly class: number
  readonly attention?: AttentionMap | undefined
}

export interface BatchShape {
  readonly height: number
  readonly width: number
  readonly classes: number
  /** pyramid levels, of anchors and attention alike */
  readonly levels: ReadonlyArray<{ readonly level: number; readonly base: number }>
}

export interface BatchArrays {
  /** [B, height, width, 1] in [−1, 1] */
  readonly films: Float32Array
  /** [B, A] */
  readonly labels: Float32Array
  /** [B, A, 4] */
  readonly deltas: Float32Array
  /** [B, classes] */
  readonly classes: Float32Array
  /** [B, Σ cells], absent where films carry no map */
  readonly attention?: Float32Array
}

/** Makes batches of one shape. Augmentation is seeded by (seed, step, film's id): a resumed run draws the same. */
export const batchAssembler = (
  { height, width, classes, levels }: BatchShape,
  options: {
    readonly seed: number | string
    readonly augment?: AugmentOptions
    readonly assign?: AssignOptions
  },
): ((films: ReadonlyArray<TrainingFilm>, step: number) => BatchArrays) => {
  const grid = anchors(height, width, { levels })
  return (films, step) => {
    const rows = films.map((film) => {
      const random = rng(options.seed).fork(step).fork(film.id)
      const seen = augmentFilm({ ...film, height, width }, random, options.augment)
      const targets = assignTargets(grid, seen.boxes, options.assign)
      return { film, seen, targets }
    })
    const oneHot = new Float32Array(films.length * classes)
    films.forEach((film, i) => (oneHot[i * classes + film.class] = 1))
    const maps = rows.flatMap(({ film, seen }) => {
      const { attention } = film
      return attention && seen.attention ? [levelsOf(seen.attention, attention, { height, width }, levels)] : []
    })
    return {
      films: joined(rows.map(({ seen }) => seen.pixels.map((value) => 2 * value - 1))),
      labels: joined(rows.map(({ targets }) => targets.labels)),
      deltas: joined(rows.map(({ targets }) => targets.deltas)),
      classes: oneHot,
      ...(maps.length === films.length && films.length > 0 ? { attention: joined(maps) } : {}),
    }
  }
}

const levelsOf = (
  map: Float32Array,
  shape: { readonly height: number; readonly width: number },
  film: { readonly height: number; readonly width: number },
  levels: BatchShape['levels'],
): Float32Array =>
  attentionPyramid(
    map,
    shape.height,
    shape.width,
    film,
    levels.map(({ level }) => level),
  )

/** Arrays of equal length one after another. */
const joined = (parts: ReadonlyArray<Float32Array>): Float32Array => {
  const length = parts[0]?.length ?? 0
  const out = new Float32Array(parts.length * length)
  parts.forEach((part, i) => out.set(part, i * length))
  return out
}
