// Adversarial losses on logits, each a pair: what the discriminator minimises and what the generator minimises. Row G33: the
// paper prints log D(y) + log(1 − D(G(x))), whose generator part saturates; the other forms are options, never silent.
import * as tf from '@tensorflow/tfjs-core'

/** `printed`: minimax as in eqs 2 and 3; `non-saturating`: −log D(G(x)) for G; `least-squares`: LSGAN, as CycleGAN's code. */
export type GanLoss = 'printed' | 'non-saturating' | 'least-squares'

/** −log(sigmoid(z)) = softplus(−z), finite for any logit. */
const minusLogSigmoid = (z: tf.Tensor): tf.Tensor => tf.softplus(tf.neg(z))

/** Mean over patches of the loss of D: −log D(y) − log(1 − D(G(x))), or squares. Logits of any shape → scalar. */
export const discriminatorLoss = (kind: GanLoss, real: tf.Tensor, fake: tf.Tensor): tf.Scalar =>
  kind === 'least-squares'
    ? tf.mul(0.5, tf.add(tf.mean(tf.square(tf.sub(real, 1))), tf.mean(tf.square(fake))))
    : tf.add(tf.mean(minusLogSigmoid(real)), tf.mean(tf.softplus(fake)))

/** Mean over patches of the loss of G. Logits of D on G's output, any shape → scalar. */
export const generatorLoss = (kind: GanLoss, fake: tf.Tensor): tf.Scalar => {
  if (kind === 'printed') return tf.neg(tf.mean(tf.softplus(fake))) // log(1 − D(G(x)))
  if (kind === 'non-saturating') return tf.mean(minusLogSigmoid(fake))
  return tf.mean(tf.square(tf.sub(fake, 1)))
}
