// The training step that both GANs of GRANet share (G9, G10): an input, a paired target, an unpaired real normal film.
//
//   min_G max_D  log D(y) + log(1 − D(G(x))) + λ ‖t − G(x)‖₁ + μ ‖y − G(y)‖₁
//
// radio-realistic (eq 2): x = t = I_b, the blended film. Abnormal to normal (eq 3): x the film, t = G_realistic(I_b(x)).
// μ is row G32's identity term: eq 3 never shows G a normal film. Both networks step from the same forward pass
// (simultaneous gradient steps): G is run once a step, where pix2pix's code runs D's update first.
import {
  adamInit,
  adamKnobs,
  adamStep,
  clipFactor,
  globalNorm,
  scope,
  unscope,
  valueAndGradients,
} from '@radiograft/nn'
import type { Layer, Params } from '@radiograft/nn'
import type { Rng } from '@radiograft/random'
import { withOpScope, type Step } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import { discriminatorLoss, generatorLoss, type GanLoss } from '../losses/adversarial.ts'
import { l1 } from '../losses/l1.ts'

export type PairedTranslationOptions = {
  readonly generator: Layer
  readonly discriminator: Layer
  readonly ganLoss: GanLoss
  /** λ, weight of the L1 term: 1 as printed, 100 in pix2pix (G9) */
  readonly l1Weight: number
  /** μ, weight of the identity term; 0 as printed (G32) */
  readonly identityWeight: number
  /** largest norm of G's gradients, D's are left alone. @default none, as the paper */
  readonly clipNorm?: number
}

/** One batch: films [B, H, W, 1] in [−1, 1]. */
export type PairedBatch = { readonly input: tf.Tensor; readonly target: tf.Tensor; readonly real: tf.Tensor }
export type PairedKnobs = 'adamStepSize' | 'adamRootCorrection'
export type PairedLogs =
  'loss' | 'adversarial' | 'l1' | 'identity' | 'discriminator' | 'gradNorm' | 'discriminatorGradNorm'

const [G, D, ADAM_G, ADAM_D] = ['generator', 'discriminator', 'adam.generator', 'adam.discriminator'] as const

/** Adam's β₁ of both networks: .5, as DCGAN and CycleGAN (G13; β₂ is .999). */
const BETA1 = 0.5

/** The knobs of a step. @param step counted from 1 */
export const pairedTranslationKnobs = (step: number, learningRate: number): Readonly<Record<PairedKnobs, number>> =>
  adamKnobs(step, learningRate, BETA1)

/**
 * Parameters of both networks and their Adam moments, one flat record.
 * @param from finished parameters, which become part of the state. @default drawn
 */
export const pairedTranslationState = (
  { generator, discriminator }: Pick<PairedTranslationOptions, 'generator' | 'discriminator'>,
  rng: Rng,
  film: readonly [height: number, width: number, channels: number],
  from: { readonly generator?: Params | undefined; readonly discriminator?: Params | undefined } = {},
): Params =>
  tf.tidy(() => {
    const g = from.generator ?? generator.init(rng.fork(G), film)
    const d = from.discriminator ?? discriminator.init(rng.fork(D), film)
    return {
      ...unscope(g, G),
      ...unscope(d, D),
      ...unscope(adamInit(g), ADAM_G),
      ...unscope(adamInit(d), ADAM_D),
    }
  })

/** The generator's parameters out of a training state. */
export const generatorOf = (state: Params): Params => scope(state, G)

/** The discriminator's. */
export const discriminatorOf = (state: Params): Params => scope(state, D)

type Networks = Pick<PairedTranslationOptions, 'generator' | 'discriminator' | 'ganLoss'>

const run = (name: typeof G | typeof D, network: Layer, params: Params, x: tf.Tensor): tf.Tensor =>
  withOpScope(name, () => network.apply(params, x, { training: true }).y)

/** What G minimises on a batch, its parts before weighting, and G(x). */
export const translationLoss = (
  { generator, discriminator, ganLoss, l1Weight, identityWeight }: Omit<PairedTranslationOptions, 'clipNorm'>,
  g: Params,
  d: Params,
  { input, target, real }: PairedBatch,
): Readonly<Record<'loss' | 'fake' | 'adversarial' | 'l1' | 'identity', tf.Tensor>> => {
  const fake = run(G, generator, g, input)
  const judged = run(D, discriminator, d, fake)
  const adversarial = withOpScope('loss', () => generatorLoss(ganLoss, judged))
  const distance = withOpScope('loss', () => l1(target, fake))
  const again = identityWeight === 0 ? undefined : run(G, generator, g, real)
  const identity = again === undefined ? tf.scalar(0) : withOpScope('loss', () => l1(real, again))
  const loss = tf.addN([adversarial, tf.mul(distance, l1Weight), tf.mul(identity, identityWeight)])
  return { loss, fake, adversarial, l1: distance, identity }
}

/** What D minimises on real films and on G's, which are taken as they are. */
export const judgementLoss = (
  { discriminator, ganLoss }: Omit<Networks, 'generator'>,
  d: Params,
  real: tf.Tensor,
  fake: tf.Tensor,
): tf.Tensor => {
  const [ofReal, ofFake] = [run(D, discriminator, d, real), run(D, discriminator, d, fake)]
  return withOpScope('loss', () => discriminatorLoss(ganLoss, ofReal, ofFake))
}

/** The step, for `compileStep`; its knobs come from `pairedTranslationKnobs`. Norms of gradients are those before clipping; `gradNorm` is G's. */
export const pairedTranslationStep =
  (options: PairedTranslationOptions): Step<Params, PairedBatch, PairedKnobs, PairedLogs> =>
  (state, batch, knobs) => {
    const { clipNorm } = options
    const [g, d] = [scope(state, G), scope(state, D)]
    const adam = { ...knobs, beta1: BETA1 }

    const forG = valueAndGradients((params) => {
      const { loss, ...aux } = translationLoss(options, params, d, batch)
      return { loss, aux }
    }, g)
    const { fake, adversarial, l1: distance, identity } = forG.aux
    const forD = valueAndGradients((params) => ({ loss: judgementLoss(options, params, batch.real, fake), aux: {} }), d)

    const clipped =
      clipNorm === undefined ? { factor: 1, norm: globalNorm(forG.gradients) } : clipFactor(forG.gradients, clipNorm)
    const nextG = withOpScope(G, () =>
      adamStep(g, forG.gradients, scope(state, ADAM_G), { ...adam, factor: clipped.factor }),
    )
    const nextD = withOpScope(D, () => adamStep(d, forD.gradients, scope(state, ADAM_D), adam))
    return {
      state: {
        ...unscope(nextG.params, G),
        ...unscope(nextD.params, D),
        ...unscope(nextG.state, ADAM_G),
        ...unscope(nextD.state, ADAM_D),
      },
      logs: {
        loss: forG.loss,
        adversarial,
        l1: distance,
        identity,
        discriminator: forD.loss,
        gradNorm: clipped.norm,
        // looked at like every log: a D that turned to NaN would be blamed on the next step's films
        discriminatorGradNorm: globalNorm(forD.gradients),
      },
    }
  }
