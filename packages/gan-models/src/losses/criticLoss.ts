// What the two networks of an unconditional GAN minimise, by the kind of loss: Wasserstein with gradient penalty (the reference's,
// row P8), non-saturating with R1, hinge. Means over films; scores are logits, higher for real.
import * as tf from '@tensorflow/tfjs-core'
import { discriminatorLoss, generatorLoss } from './adversarial.ts'
import { gradientPenalty, r1Penalty, type Critic } from './gradientPenalty.ts'

export type Adversary =
  | {
      /** D(fake) − D(real) + λ (‖∇D‖ − target)² / target² + drift · D(real)²; G: −D(fake). */
      readonly kind: 'wgan-gp'
      /** λ. @default 10 */
      readonly lambda?: number
      /** @default 1 */
      readonly target?: number
      /** Holds scores near 0, which the Wasserstein distance leaves free. @default .001 */
      readonly drift?: number
    }
  | {
      /** −log σ(D(real)) − log(1 − σ(D(fake))) + γ/2 ‖∇D(real)‖²; G: −log σ(D(fake)). */
      readonly kind: 'non-saturating-r1'
      /** γ. @default 10 */
      readonly gamma?: number
    }
  | {
      /** max(0, 1 − D(real)) + max(0, 1 + D(fake)); G: −D(fake). No penalty. */
      readonly kind: 'hinge'
    }

/** One batch as a critic sees it: films [B, H, W, C] in [−1, 1], and for WGAN-GP where between them its slope is taken. */
export type Judged = {
  readonly real: tf.Tensor
  readonly fake: tf.Tensor
  /** [B, 1, 1, 1] in [0, 1) */
  readonly mix: tf.Tensor
}

/** Scalars, and the scores of the real films, [B, 1]. */
export type CriticLoss = Readonly<Record<'loss' | 'penalty' | 'realScore' | 'fakeScore' | 'realScores', tf.Tensor>>

/**
 * What the critic minimises, and its parts as scalars: the penalty before its weight, the mean scores.
 * @throws SecondOrderError naming an op of the critic that is not right to second order, where there is a penalty
 */
export const criticLoss = (adversary: Adversary, critic: Critic, judged: Judged): CriticLoss => {
  const [real, fake] = [critic(judged.real), critic(judged.fake)]
  const scores = { realScore: tf.mean(real), fakeScore: tf.mean(fake), realScores: real }
  if (adversary.kind === 'hinge') {
    const loss = tf.add(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake))))
    return { loss, penalty: tf.scalar(0), ...scores }
  }
  if (adversary.kind === 'non-saturating-r1') {
    const { gamma = 10 } = adversary
    const penalty = r1Penalty(critic, judged.real)
    return { loss: tf.add(discriminatorLoss('non-saturating', real, fake), tf.mul(penalty, gamma)), penalty, ...scores }
  }
  const { lambda = 10, target = 1, drift = 0.001 } = adversary
  const penalty = gradientPenalty(critic, judged, target)
  const loss = tf.addN([
    tf.sub(scores.fakeScore, scores.realScore),
    tf.mul(penalty, lambda),
    tf.mul(tf.mean(tf.square(real)), drift),
  ])
  return { loss, penalty, ...scores }
}

/** What the generator minimises. @param scores of its films, [B, 1] */
export const foolingLoss = (adversary: Adversary, scores: tf.Tensor): tf.Tensor =>
  adversary.kind === 'non-saturating-r1' ? generatorLoss('non-saturating', scores) : tf.neg(tf.mean(scores))
