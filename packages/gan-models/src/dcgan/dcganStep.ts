// One training step of a DCGAN (rows D2, D3) by the paper's eq 2, with new latents for each network as in the algorithm of
// Goodfellow et al. 2014:
//
//   discriminator  real films and films of G, each a batch of its own → −log D(y) − log(1 − D(G(z))) → Adam
//   generator      new latents, judged by the discriminator just stepped → log(1 − D(G(z))), or −log D(G(z)) → Adam
//
// Norms go by the statistics of their batch. Running averages, which films are made with afterwards, follow the generator's own
// step, and the discriminator's passes over real, then generated films.
import { adamKnobs, adamStep, globalNorm, scope, unscope, valueAndGradients, type Params } from '@radiograft/nn'
import { statelessUniform, stepSeed, withOpScope, type Step } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import {
  augmentProbability,
  controlAugment,
  augmentPartOf,
  type AugmentControl,
  type AugmentLogs,
} from '../augment/augmentControl.ts'
import type { Augment } from '../augment/filmAugmentation.ts'
import { discriminatorLoss, generatorLoss, type GanLoss } from '../losses/adversarial.ts'
import { ADAM_D, ADAM_G, D, G, STEP, type DcganNetworks } from './dcganState.ts'

export type DcganStepOptions = DcganNetworks & {
  /** `printed` is eq 2; its generator part saturates where the discriminator is sure. */
  readonly ganLoss: Exclude<GanLoss, 'least-squares'>
  /** Changes films before they are judged; its probability is in the state (`augmentState`). @default none */
  readonly augment?: Augment
  /** Moves that probability; by held-out films the batch has `held`. @default it stays */
  readonly augmentControl?: AugmentControl
}

/** Films [B, size, size, 1] in [−1, 1]. */
export type DcganBatch = {
  readonly real: tf.Tensor
  /** Real ones that are not trained on, for control by held-out films. */
  readonly held?: tf.Tensor
}

/** What is random in a step. */
type DcganDraws = {
  /** latents of each network's step, [B, latent] in (−1, 1) */
  readonly forDiscriminator: tf.Tensor
  readonly forGenerator: tf.Tensor
  /** seeds of changes, int32 [2] each, where films are augmented */
  readonly augmentSeed: (site: string) => tf.Tensor
}

export type DcganKnobs = 'adamStepSize' | 'adamRootCorrection'
export type DcganLogs = 'loss' | 'discriminator' | 'realScore' | 'fakeScore' | 'gradNorm' | 'discriminatorGradNorm'

/** Adam's β₁ of both networks (D3); β₂ is .999. */
const BETA1 = 0.5

/** The knobs of a step. @param step counted from 1; @param learningRate 2e-4 to 2e-3 by the number of films (D3) */
export const dcganKnobs = (step: number, learningRate: number): Readonly<Record<DcganKnobs, number>> =>
  adamKnobs(step, learningRate, BETA1)

/** A step of given draws: the next state without its count, and the logs. */
export const dcganUpdate = (
  { generator, discriminator, ganLoss, augment, augmentControl }: DcganStepOptions,
  state: Params,
  batch: DcganBatch,
  { forDiscriminator, forGenerator, augmentSeed }: DcganDraws,
  adam: Readonly<Record<DcganKnobs, tf.Scalar>>,
): {
  readonly state: Params
  readonly logs: Readonly<Record<DcganLogs, tf.Tensor>> & Partial<Record<AugmentLogs, tf.Tensor>>
} => {
  const [g, d] = [scope(state, G), scope(state, D)]
  const optimiser = { ...adam, beta1: BETA1 }
  const films = (params: Params, latents: tf.Tensor) =>
    withOpScope(G, () => generator.apply(params, latents, { training: true }))
  const seen = (x: tf.Tensor, site: string): tf.Tensor =>
    augment ? augment(x, augmentSeed(site), augmentProbability(state)) : x
  const judged = (params: Params, x: tf.Tensor) =>
    withOpScope(D, () => discriminator.apply(params, x, { training: true }))

  const real = seen(batch.real, 'real')
  const fake = seen(films(g, forDiscriminator).y, 'fake')
  const forD = valueAndGradients((params) => {
    const onReal = judged(params, real)
    const onFake = judged({ ...params, ...onReal.updates }, fake)
    const loss = withOpScope('loss', () => discriminatorLoss(ganLoss, onReal.y, onFake.y))
    return { loss, aux: { real: onReal.y, fake: onFake.y, statistics: onFake.updates } }
  }, d)
  const nextD = withOpScope(D, () => adamStep(d, forD.gradients, scope(state, ADAM_D), optimiser))

  const forG = valueAndGradients((params) => {
    const { y, updates } = films(params, forGenerator)
    const scores = judged(nextD.params, seen(y, 'generator')).y
    return { loss: withOpScope('loss', () => generatorLoss(ganLoss, scores)), aux: { statistics: updates } }
  }, g)
  const nextG = withOpScope(G, () => adamStep(g, forG.gradients, scope(state, ADAM_G), optimiser))

  const held = augmentControl && batch.held && judged(d, seen(batch.held, 'held')).y
  const controlled =
    augment && augmentControl
      ? controlAugment(state, { ...forD.aux, held }, { step: state[STEP]!, films: batch.real.shape[0] }, augmentControl)
      : { state: augmentPartOf(state), logs: {} }
  return {
    state: {
      ...unscope({ ...nextG.params, ...forG.aux.statistics }, G),
      ...unscope({ ...nextD.params, ...forD.aux.statistics }, D),
      ...unscope(nextG.state, ADAM_G),
      ...unscope(nextD.state, ADAM_D),
      ...controlled.state,
    },
    logs: {
      loss: forG.loss,
      discriminator: forD.loss,
      realScore: tf.mean(forD.aux.real),
      fakeScore: tf.mean(forD.aux.fake),
      gradNorm: globalNorm(forG.gradients),
      discriminatorGradNorm: globalNorm(forD.gradients),
      ...controlled.logs,
    },
  }
}

/**
 * The step, for `compileStep`; its knobs come from `dcganKnobs`. Latents and changes are drawn inside, by the seed and the
 * state's count. `loss` and `gradNorm` are the generator's; scores are means of logits.
 * @throws GanModelsError when films are augmented and the state has no probability, or control wants held-out films
 */
export const dcganStep =
  (options: DcganStepOptions & { readonly seed: number | string }): Step<Params, DcganBatch, DcganKnobs, DcganLogs> =>
  (state, batch, knobs) => {
    const { seed, generator } = options
    const count = state[STEP]!
    const drawn = (site: string): tf.Tensor => stepSeed(seed, `dcgan/${site}`, count)
    const latents = (site: string): tf.Tensor =>
      tf.sub(tf.mul(statelessUniform([batch.real.shape[0], generator.latent], drawn(site)), 2), 1)
    const draws = withOpScope('draws', () => ({
      forDiscriminator: latents('discriminator'),
      forGenerator: latents('generator'),
    }))
    const augmentSeed = (site: string): tf.Tensor => drawn(`augment/${site}`)
    const next = dcganUpdate(options, state, batch, { ...draws, augmentSeed }, knobs)
    return { ...next, state: { ...next.state, [STEP]: tf.add(count, tf.scalar(1, 'int32')) } }
  }
