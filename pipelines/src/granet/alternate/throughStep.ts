// A training step in which the detector's loss reaches the generator through the residual (rows G21, G34): of the generator
// alone, the detector fixed, or of both together (strategy `joint`).
//
//   generator  min over G, max over D          eq 3 + w · L_det(F · (1 + I_r)),  I_r = |x − G(x)|
//   joint      min over the detector and G     L_det + eq 3, where L_det reaches G with weight w; D as ever
//
// The state is that of the detector and that of the pair generator and discriminator, side by side.
import {
  detectorLoss,
  detectorParams,
  type DetectorBatch,
  type DetectorState,
  type DetectorStepOptions,
} from '@radiograft/detectors'
import {
  discriminatorOf,
  generatorOf,
  judgementLoss,
  translationLoss,
  type PairedBatch,
  type PairedTranslationOptions,
} from '@radiograft/gan-models'
import { adamStep, clipFactor, globalNorm, scope, unscope, valueAndGradients, type Params } from '@radiograft/nn'
import { withOpScope, type Step } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { AttendingOptions } from './attendingStep.ts'
import { residualMaps } from './residualMaps.ts'
import { scaleGradient } from './scaleGradient.ts'

export interface ThroughOptions extends Omit<AttendingOptions, 'generator'> {
  readonly trains: 'generator' | 'both'
  readonly detector: DetectorStepOptions
  readonly gan: Omit<PairedTranslationOptions, 'clipNorm'>
  /** w */
  readonly detectorWeight: number
}

/** `detector.…` and `pair.…`: the states of `detectorStep` and of `pairedTranslationStep`. */
export type BridgeState = Params

export const bridgeState = (detector: DetectorState, pair: Params): BridgeState => ({
  ...unscope(detector, 'detector'),
  ...unscope(pair, 'pair'),
})
export const detectorStateOf = (state: BridgeState): DetectorState => scope(state, 'detector')
export const pairStateOf = (state: BridgeState): Params => scope(state, 'pair')

/** A detector's batch without maps, and a generator's. */
export type ThroughBatch = Partial<DetectorBatch> & PairedBatch
export type ThroughKnobs = 'detectorStepSize' | 'detectorRootCorrection' | 'pairStepSize' | 'pairRootCorrection'

/** β₁ of the pair's Adam, as in `pairedTranslationStep` (row G13). */
const PAIR_BETA1 = 0.5

export const throughStep =
  ({
    network,
    config,
    detector,
    gan,
    size,
    trains,
    detectorWeight,
  }: ThroughOptions): Step<BridgeState, ThroughBatch, ThroughKnobs> =>
  (state, batch, knobs) => {
    const { seed, clipNorm = 10, ...weights } = detector
    const both = trains === 'both'
    const [own, pair] = [detectorStateOf(state), pairStateOf(state)]
    const [p, g, d] = [detectorParams(own), generatorOf(pair), discriminatorOf(pair)]
    const ctx = { training: true, random: { seed, step: own['step']! } }

    // One pass for both: the weight is on the way between the networks, so the detector's gradients are those of L_det and
    // the generator's those of eq 3 + w · L_det.
    const forward = valueAndGradients(
      (params) => {
        const maps = residualMaps(gan.generator, scope(params, 'g'), batch.films!, size, config)
        const attention = scaleGradient(maps, detectorWeight)
        const theirs = both ? scope(params, 'p') : p
        const { loss: detection, ...parts } = detectorLoss(network, theirs, { ...batch, attention }, ctx, weights)
        const { loss, ...translation } = translationLoss(gan, scope(params, 'g'), d, batch)
        return { loss: tf.add(detection, loss), aux: { detection, parts, translation, loss } }
      },
      { ...(both ? unscope(p, 'p') : {}), ...unscope(g, 'g') },
    )
    const { detection, parts, translation, loss } = forward.aux
    const [forP, forG] = [scope(forward.gradients, 'p'), scope(forward.gradients, 'g')]
    const forD = valueAndGradients(
      (params) => ({ loss: judgementLoss(gan, params, batch.real, translation.fake), aux: {} }),
      d,
    )

    const adam = { adamStepSize: knobs.pairStepSize, adamRootCorrection: knobs.pairRootCorrection, beta1: PAIR_BETA1 }
    const nextG = withOpScope('generator', () => adamStep(g, forG, scope(pair, 'adam.generator'), adam))
    const nextD = withOpScope('discriminator', () =>
      adamStep(d, forD.gradients, scope(pair, 'adam.discriminator'), adam),
    )
    const pairNext = {
      ...unscope(nextG.params, 'generator'),
      ...unscope(nextD.params, 'discriminator'),
      ...unscope(nextG.state, 'adam.generator'),
      ...unscope(nextD.state, 'adam.discriminator'),
    }
    const logs = {
      'generator.loss': tf.add(loss, tf.mul(detection, detectorWeight)),
      'generator.adversarial': translation.adversarial,
      'generator.l1': translation.l1,
      'generator.identity': translation.identity,
      'generator.detection': detection,
      'generator.discriminator': forD.loss,
      'generator.gradNorm': globalNorm(forG),
      'generator.discriminatorGradNorm': globalNorm(forD.gradients),
    }
    if (!both) return { state: bridgeState(own, pairNext), logs }

    const { factor, norm } = clipFactor(forP, clipNorm)
    const nextP = withOpScope('detector', () =>
      adamStep(p, forP, scope(own, 'adam'), {
        adamStepSize: knobs.detectorStepSize,
        adamRootCorrection: knobs.detectorRootCorrection,
        factor,
      }),
    )
    const ownNext = {
      ...unscope({ ...nextP.params, ...parts.updates }, 'net'),
      ...unscope(nextP.state, 'adam'),
      step: tf.add(own['step']!, tf.scalar(1, 'int32')),
    }
    return {
      state: bridgeState(ownNext, pairNext),
      logs: {
        'detector.loss': detection,
        'detector.classification': parts.classification,
        'detector.regression': parts.regression,
        'detector.global': parts.global,
        'detector.gradNorm': norm,
        ...logs,
      },
    }
  }
