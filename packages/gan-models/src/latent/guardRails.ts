// What keeps a searched latent honest, as numbers (P5): the score of a second classifier that did not guide the search (a classifier
// can be gamed, two hardly at once), how near the film came to a training film, and which other findings rose with the class.
import * as tf from '@tensorflow/tfjs-core'
import { GanModelsError } from '../GanModelsError.ts'
import type { FrozenGenerator } from './FrozenGenerator.ts'

/** A classifier of the same classes that was trained apart from the one that guides. */
export interface Judge {
  readonly classes: readonly string[]
  /** films [B, H, W, C] → [B, classes] */
  readonly scores: (films: tf.Tensor) => tf.Tensor
}

export interface Rise {
  readonly start: number
  readonly end: number
  /** end − start */
  readonly rise: number
}

export interface GuardRails {
  /** the class searched for, by the judge */
  readonly judged: Rise
  /** distance to the nearest training film */
  readonly nearest: Rise
  /** the other classes by the judge, the one that rose most first, equal ones by name */
  readonly others: ReadonlyArray<Rise & { readonly name: string }>
  /** names of `others` that rose by `leastRise` or more, in their order */
  readonly rose: readonly string[]
}

/**
 * @param problem.start latent [d] before @param problem.end and after the search, or the best of random ones
 * @param problem.target the class searched for, one of the judge's
 * @param problem.distance to the nearest training film, of a film's pixels [H · W · C] as the generator gives them
 * @throws GanModelsError when the judge does not know the class, or gives no finite score a class
 */
export const guardRails = async (
  problem: {
    readonly generator: FrozenGenerator
    readonly judge: Judge
    readonly target: string
    readonly start: ArrayLike<number>
    readonly end: ArrayLike<number>
    readonly distance: (film: Float32Array) => number | Promise<number>
  },
  /** in the judge's units @default leastRise 0.5 */
  { leastRise = 0.5 }: { readonly leastRise?: number } = {},
): Promise<GuardRails> => {
  const { generator, judge, target, start, end, distance } = problem
  const { classes } = judge
  const targetAt = classes.indexOf(target)
  if (targetAt < 0) throw new GanModelsError('target', `the judge does not know ${target}, only ${classes.join(', ')}`)
  if (start.length !== end.length)
    throw new GanModelsError('end', `has ${end.length} numbers, start has ${start.length}`)
  const tensors = tf.tidy(() => {
    const z = tf.tensor2d(Float32Array.from([...Array.from(start), ...Array.from(end)]), [2, start.length])
    const films = generator.generate(z)
    return { films, scores: judge.scores(films) }
  })
  const [pixels, scores] = await Promise.all([tensors.films.data<'float32'>(), tensors.scores.data()])
  tf.dispose(tensors)
  if (scores.length !== 2 * classes.length || !scores.every((v) => Number.isFinite(v)))
    throw new GanModelsError('judge', `gives no finite score for each of ${classes.length} classes`)
  const half = pixels.length / 2
  const nearest = rise(await distance(pixels.slice(0, half)), await distance(pixels.slice(half)))
  const byClass = classes.map((name, k) => ({ name, ...rise(scores[k]!, scores[classes.length + k]!) }))
  const { name: _, ...judged } = byClass[targetAt]!
  const others = byClass
    .filter((_, k) => k !== targetAt)
    .toSorted((a, b) => b.rise - a.rise || (a.name < b.name ? -1 : 1))
  return { judged, nearest, others, rose: others.filter((of) => of.rise >= leastRise).map(({ name }) => name) }
}

const rise = (start: number, end: number): Rise => ({ start, end, rise: end - start })
