// One training step of a progressive GAN (P8), for one resolution, faded in or stable:
//
//   critic    films of G, real films (both faded) → loss with its penalty → Adam
//   average   moves to the generator, with the critic's step: before G's own
//   generator new latents, judged by the critic just stepped → loss → Adam
import { adamKnobs, adamStep, ema, globalNorm, scope, unscope, valueAndGradients, type Params } from '@radiograft/nn'
import { statelessNormal, statelessUniform, stepSeed, withOpScope, type Step } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import {
  augmentPartOf,
  augmentProbability,
  controlAugment,
  type AugmentControl,
  type AugmentLogs,
} from '../augment/augmentControl.ts'
import type { Augment } from '../augment/filmAugmentation.ts'
import { GanModelsError } from '../GanModelsError.ts'
import { criticLoss, foolingLoss, type Adversary } from '../losses/criticLoss.ts'
import { fadeReals } from './fade.ts'
import type { GrowthPlace } from './growthSchedule.ts'
import { ADAM_C, ADAM_G, AVERAGE, C, G, STEP, type ProgressiveNetworks } from './progressiveState.ts'

export type ProgressiveOptions = ProgressiveNetworks & {
  readonly adversary: Adversary
  /**
   * Changes films, faded ones too, before they are judged; its probability is in the state (`augmentState`). A penalty is on
   * films as the critic sees them. @default none
   */
  readonly augment?: Augment
  /** Moves that probability; by held-out films, as a Wasserstein critic needs, the batch has `held`. @default it stays */
  readonly augmentControl?: AugmentControl
}

/** Films [B, R, R, C] in [−1, 1]. */
export type ProgressiveBatch = {
  readonly real: tf.Tensor
  /** Real ones that are not trained on, for control by held-out films. */
  readonly held?: tf.Tensor
}

/** What is random in a step. */
export type ProgressiveDraws = {
  /** latents of the critic's step and of the generator's, [B, latent] */
  readonly forCritic: tf.Tensor
  readonly forGenerator: tf.Tensor
  /** where between a real and a generated film WGAN-GP takes its slope, [B, 1, 1, 1] in [0, 1) */
  readonly mix: tf.Tensor
  /** seeds of changes, int32 [2] each; needed where films are augmented */
  readonly augmentSeed?: (site: string) => tf.Tensor
}

export type ProgressiveKnobs = 'alpha' | 'emaDecay' | 'adamStepSize' | 'adamRootCorrection'
export type ProgressiveLogs = 'loss' | 'critic' | 'penalty' | 'realScore' | 'fakeScore' | 'gradNorm' | 'criticGradNorm'

/** Adam of both networks (P6, P8): no momentum, a short memory of squares. */
const [BETA1, BETA2, EPS] = [0, 0.99, 1e-8] as const

/**
 * The knobs of a step.
 * @param place of the step, from `growthAt`: α and Adam's count since its last start
 * @param learningRate @default 1e-3 (P6)
 * @param emaDecay @default .999 (P6, P8)
 */
export const progressiveKnobs = (
  { alpha, adamStep: step }: Pick<GrowthPlace, 'alpha' | 'adamStep'>,
  learningRate = 1e-3,
  emaDecay = 0.999,
): Readonly<Record<ProgressiveKnobs, number>> => ({ alpha, emaDecay, ...adamKnobs(step, learningRate, BETA1, BETA2) })

/** @throws GanModelsError when p would be moved by what says nothing */
const checkControl = ({ adversary, augmentControl }: ProgressiveOptions): void => {
  if (adversary.kind === 'wgan-gp' && augmentControl?.by === 'signs')
    throw new GanModelsError(
      'augmentControl',
      'the sign of a Wasserstein critic says nothing of overfitting, for its scores have no 0; control by held-out films, or leave the control out and p stays',
    )
}

/** A step of given draws: networks, average and moments of the next state, and the logs. */
export const progressiveUpdate = (
  options: ProgressiveOptions,
  state: Params,
  batch: ProgressiveBatch,
  { forCritic, forGenerator, mix, augmentSeed }: ProgressiveDraws,
  { alpha, emaDecay, ...adam }: Readonly<Record<ProgressiveKnobs, tf.Scalar>>,
): {
  readonly state: Params
  readonly logs: Readonly<Record<ProgressiveLogs, tf.Tensor> & Partial<Record<AugmentLogs, tf.Tensor>>>
} => {
  const { generator, critic, adversary, augment, augmentControl } = options
  checkControl(options)
  const [g, c] = [scope(state, G), scope(state, C)]
  const optimiser = { ...adam, beta1: BETA1, beta2: BETA2, eps: EPS }
  const films = (params: Params, latents: tf.Tensor): tf.Tensor =>
    withOpScope(G, () => generator.apply(params, latents, { training: true, alpha }).y)
  const scores = (params: Params, x: tf.Tensor): tf.Tensor =>
    withOpScope(C, () => critic.apply(params, x, { training: true, alpha }).y)
  const seen = (x: tf.Tensor, site: string): tf.Tensor =>
    augment ? augment(x, augmentSeed!(site), augmentProbability(state)) : x
  const faded = (x: tf.Tensor): tf.Tensor => (generator.fading ? withOpScope('reals', () => fadeReals(x, alpha)) : x)

  const real = seen(faded(batch.real), 'real')
  const fake = seen(films(g, forCritic), 'fake')
  const forC = valueAndGradients((params) => {
    const { loss, ...aux } = criticLoss(adversary, (x) => scores(params, x), { real, fake, mix })
    return { loss, aux }
  }, c)
  const nextC = withOpScope(C, () => adamStep(c, forC.gradients, scope(state, ADAM_C), optimiser))
  const average = withOpScope(AVERAGE, () => ema(scope(state, AVERAGE), g, emaDecay))

  const forG = valueAndGradients(
    (params) => ({
      loss: foolingLoss(adversary, scores(nextC.params, seen(films(params, forGenerator), 'generator'))),
      aux: {},
    }),
    g,
  )
  const nextG = withOpScope(G, () => adamStep(g, forG.gradients, scope(state, ADAM_G), optimiser))

  const { realScores, ...judgement } = forC.aux
  const held = augmentControl && batch.held && scores(c, seen(faded(batch.held), 'held'))
  const controlled =
    augment && augmentControl
      ? controlAugment(
          state,
          { real: realScores, fake: judgement.fakeScore, held },
          { step: state[STEP]!, films: batch.real.shape[0] },
          augmentControl,
        )
      : { state: augmentPartOf(state), logs: {} }
  return {
    state: {
      ...unscope(nextG.params, G),
      ...unscope(nextC.params, C),
      ...unscope(average, AVERAGE),
      ...unscope(nextG.state, ADAM_G),
      ...unscope(nextC.state, ADAM_C),
      ...controlled.state,
    },
    logs: {
      loss: forG.loss,
      critic: forC.loss,
      ...judgement,
      gradNorm: globalNorm(forG.gradients),
      criticGradNorm: globalNorm(forC.gradients),
      ...controlled.logs,
    },
  }
}

/**
 * The step, for `compileStep`, one for each (resolution, faded in or stable); its knobs come from `progressiveKnobs`. Latents and
 * mixing weights are drawn inside, by the seed and the state's count. `loss` and `gradNorm` are the generator's.
 */
export const progressiveStep =
  (
    options: ProgressiveOptions & { readonly seed: number | string },
  ): Step<Params, ProgressiveBatch, ProgressiveKnobs, ProgressiveLogs> =>
  (state, batch, knobs) => {
    const { seed, generator } = options
    const count = state[STEP]!
    const films = batch.real.shape[0]
    const latents = (site: string): tf.Tensor => statelessNormal([films, generator.latent], stepSeed(seed, site, count))
    const augmentSeed = (site: string): tf.Tensor => stepSeed(seed, `progressive/augment/${site}`, count)
    const draws = withOpScope('draws', () => ({
      forCritic: latents('progressive/critic'),
      forGenerator: latents('progressive/generator'),
      mix: statelessUniform([films, 1, 1, 1], stepSeed(seed, 'progressive/mix', count)),
    }))
    const next = progressiveUpdate(options, state, batch, { ...draws, augmentSeed }, knobs)
    return { ...next, state: { ...next.state, [STEP]: tf.add(count, tf.scalar(1, 'int32')) } }
  }
