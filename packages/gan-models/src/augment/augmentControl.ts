// How likely augmentation is, by how far the discriminator has learnt its films by heart (Karras et al. 2020, section 3.1). The
// probability is part of the training state, so that a training that is resumed goes on with it, to the last bit.
import type { Params } from '@radiograft/nn'
import * as tf from '@tensorflow/tfjs-core'
import { GanModelsError } from '../GanModelsError.ts'

export type AugmentControl = {
  /**
   * What tells of overfitting, 0 none and 1 all. `signs`: r_t = E[sign D(real)], for discriminators whose 0 lies between real and
   * generated. `held-out`: r_v = (E[D(real)] − E[D(held)]) / (E[D(real)] − E[D(fake)]), held films being real ones that are not
   * trained on: for any critic, and the only one for a Wasserstein critic, whose scores have no 0.
   */
  readonly by: 'signs' | 'held-out'
  /** p goes up above it, down below. @default .6 */
  readonly target?: number
  /** Steps over which r is taken, and after which p moves. @default 4 */
  readonly every?: number
  /** Real films in which p could go from 0 to 1; few films and short trainings want less. @default 500,000 */
  readonly images?: number
  /** Largest p; above .8 the changes begin to show in what is generated. @default .8 */
  readonly most?: number
}

/** A discriminator's scores of films as it saw them, augmented: any shape. */
export type JudgedFilms = { readonly real: tf.Tensor; readonly fake: tf.Tensor; readonly held?: tf.Tensor | undefined }

export type AugmentLogs = 'augment' | 'overfitting'

const [P, SUMS] = ['augment.p', 'augment.sums'] as const

/** What the state of a training has for augmentation: its probability, and sums of scores since it moved. @param p @default 0 */
export const augmentState = (p = 0): Params => ({ [P]: tf.scalar(p), [SUMS]: tf.zeros([3]) })

/** That part of a state, of which there may be none. */
export const augmentPartOf = (state: Params): Params =>
  Object.fromEntries([P, SUMS].flatMap((name) => (state[name] ? [[name, state[name]]] : [])))

/** @throws GanModelsError when the state was made without augmentation */
export const augmentProbability = (state: Params): tf.Tensor => {
  const p = state[P]
  if (!p) throw new GanModelsError('augment', 'the state has no probability: put augmentState() into it at the start')
  return p
}

/** What is summed up over steps, and r of the sums. */
const measures: Readonly<
  Record<
    AugmentControl['by'],
    {
      readonly summed: (judged: JudgedFilms) => ReadonlyArray<tf.Tensor>
      readonly r: (sums: ReadonlyArray<tf.Tensor>, steps: tf.Tensor) => tf.Tensor
    }
  >
> = {
  signs: {
    summed: ({ real }) => [tf.mean(tf.sign(real)), tf.scalar(0), tf.scalar(0)],
    r: ([signs], steps) => tf.div(signs!, steps),
  },
  'held-out': {
    summed: ({ real, fake, held }) => {
      if (!held)
        throw new GanModelsError(
          'augment',
          'control by held-out films needs some in the batch, real ones that are not trained on: give them as `held`, or leave the control out and p stays',
        )
      return [real, held, fake].map((scores) => tf.mean(scores))
    },
    // a critic that does not tell real from generated films has learnt nothing by heart
    r: ([real, held, fake]) => tf.divNoNan(tf.sub(real!, held!), tf.relu(tf.sub(real!, fake!))),
  },
}

/**
 * The part of the next state: after each `every` steps p ← clip(p ± films · every / images, 0, most) by the sign of r − target.
 * @param step int32 scalar, steps done before this one
 * @returns that part, and p of this step with r so far
 * @throws GanModelsError when control is by held-out films and there are none
 */
export const controlAugment = (
  state: Params,
  judged: JudgedFilms,
  { step, films }: { readonly step: tf.Tensor; readonly films: number },
  { by, target = 0.6, every = 4, images = 500_000, most = 0.8 }: AugmentControl,
): { readonly state: Params; readonly logs: Readonly<Record<AugmentLogs, tf.Tensor>> } => {
  const p = augmentProbability(state)
  const sums = tf.add(state[SUMS]!, tf.stack([...measures[by].summed(judged)]))
  const done = tf.cast(tf.add(tf.mod(step, tf.scalar(every, 'int32')), tf.scalar(1, 'int32')), 'float32') // 1 … every
  const r = measures[by].r(tf.unstack(sums), done)
  const due = tf.cast(tf.equal(done, every), 'float32')
  const move = tf.mul(tf.sign(tf.sub(r, target)), (films * every) / images)
  return {
    state: {
      [P]: tf.clipByValue(tf.add(p, tf.mul(move, due)), 0, most),
      [SUMS]: tf.mul(sums, tf.sub(1, due)),
    },
    logs: { augment: tf.clone(p), overfitting: r },
  }
}
