// A trained classifier as functions of tensors with a gradient by the films: what guides or judges a search of latents (P5).
import type { Params } from '@radiograft/nn'
import { areaResize } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { classifierNetwork, type ClassifierConfig } from './classifierConfig.ts'
import { ClassifierError } from './ClassifierError.ts'

export interface ClassifierScores {
  /** names of the columns of `scores` */
  readonly classes: ReadonlyArray<string>
  /** films [B, H, W, 1] in [−1, 1], of any size → logits [B, classes] */
  readonly scores: (films: Tensor) => Tensor
  /**
   * The score of one class: films [B, H, W, 1] → [B], ln p / (1 − p). Of exclusive classes that is x_c − ln Σ_{k≠c} exp x_k, which a
   * search cannot raise by raising all of them; of findings the logit.
   * @throws ClassifierError when there is no such class
   */
  readonly scoreOf: (name: string) => (films: Tensor) => Tensor
}

/** Pure, with running statistics; `params` stay the caller's and must stay as long as the functions are used. */
export const classifierScores = (config: ClassifierConfig, params: Params): ClassifierScores => {
  const { size, classes, task } = config
  const network = classifierNetwork(config)
  const scores = (films: Tensor): Tensor =>
    tf.tidy(() => network.apply(params, areaResize(films, size, size), { training: false }).y.logits)
  return {
    classes,
    scores,
    scoreOf: (name) => {
      const at = classes.indexOf(name)
      if (at < 0) throw new ClassifierError('scoreOf', `there is no class ${name}, only ${classes.join(', ')}`, [name])
      return (films) =>
        tf.tidy(() => {
          const logits = scores(films)
          const [batch] = logits.shape as [number, number]
          const own = tf.reshape(tf.slice(logits, [0, at], [batch, 1]), [batch])
          if (task === 'findings') return own
          const others = tf.concat(
            [tf.slice(logits, [0, 0], [batch, at]), tf.slice(logits, [0, at + 1], [batch, classes.length - at - 1])],
            1,
          )
          return tf.sub(own, tf.logSumExp(others, 1))
        })
    },
  }
}
