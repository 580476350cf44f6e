// One training step of the detector as a pure function, for `compileStep`: loss, gradients, clipping, Adam, new running
// statistics. Used by the `fit-detector` stage.
import type { Params } from '@radiograft/nn'
import { adamInit, adamStep, clipFactor, scope, unscope, valueAndGradients } from '@radiograft/nn'
import type { Step } from '@radiograft/tensor'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { detectorLoss, type DetectorLossOptions } from './detectorLoss.ts'
import type { RetinaNet } from './network/retinaNet.ts'

export interface DetectorStepOptions extends DetectorLossOptions {
  /** uint32, for dropout */
  readonly seed: number
  /** largest norm of all gradients together @default 10 (G18: .05, with a learning rate of 1e-5) */
  readonly clipNorm?: number
}

/** `net.…` parameters and running statistics, `adam.…` moments, `step` (int32, counts from 0). */
export type DetectorState = Readonly<Record<string, Tensor>>

/**
 * films `[B, H, W, 1]` in [−1, 1]; labels `[B, A]` (1, 0, −1 ignored); deltas `[B, A, 4]`; classes `[B, classes]` one-hot;
 * with attention also attention `[B, Σ cells]`.
 */
export type DetectorBatch = Readonly<Record<'films' | 'labels' | 'deltas' | 'classes' | 'attention', Tensor>>

export type DetectorLog = 'loss' | 'classification' | 'regression' | 'global' | 'gradNorm'

/** The state before the first step. The caller owns it. */
export const detectorState = (params: Params): DetectorState => ({
  ...unscope(params, 'net'),
  ...unscope(adamInit(params), 'adam'),
  step: tf.scalar(0, 'int32'),
})

/** The network's parameters in a state: the same tensors, not copies. */
export const detectorParams = (state: DetectorState): Params => scope(state, 'net')

/** Knobs: `adamKnobs(step + 1, learningRate)`. */
export const detectorStep =
  (
    network: RetinaNet,
    { seed, clipNorm = 10, ...weights }: DetectorStepOptions,
  ): Step<DetectorState, Partial<DetectorBatch>, 'adamStepSize' | 'adamRootCorrection', DetectorLog> =>
  (state, batch, knobs) => {
    const params = detectorParams(state)
    const ctx = { training: true, random: { seed, step: state['step']! } }
    const { loss, aux, gradients } = valueAndGradients((p) => {
      const { loss, ...aux } = detectorLoss(network, p, batch, ctx, weights)
      return { loss, aux }
    }, params)
    const { factor, norm } = clipFactor(gradients, clipNorm)
    const next = adamStep(params, gradients, scope(state, 'adam'), { ...knobs, factor })
    return {
      state: {
        ...unscope({ ...next.params, ...aux.updates }, 'net'),
        ...unscope(next.state, 'adam'),
        step: tf.add(state['step']!, tf.scalar(1, 'int32')),
      },
      logs: {
        loss,
        classification: aux.classification,
        regression: aux.regression,
        global: aux.global,
        gradNorm: norm,
      },
    }
  }
